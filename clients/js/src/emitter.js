/** Tells listeners what happened, in the order they came. A listener that throws is reported and disturbs nobody else. */
export class Emitter {
  #listeners = new Map();

  /** @returns {() => void} takes the listener away again */
  on(event, listener) {
    const present = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, present.add(listener));
    return () => this.off(event, listener);
  }

  off(event, listener) {
    this.#listeners.get(event)?.delete(listener);
  }

  /** Called by the owner. */
  emit(event, value) {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(value);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** Browsers have `reportError`; elsewhere it becomes an uncaught exception, as from a timer. */
function report(error) {
  if (typeof globalThis.reportError === 'function') {
    globalThis.reportError(error);
  } else {
    queueMicrotask(() => {
      throw error;
    });
  }
}
