/**
 * What a device keeps: its cursor, the number of its last hello, and the commands that are not decided yet. Synchronous,
 * because a command is stored before it leaves.
 *
 * A cursor may be kept only together with what the entries said. An application that begins anew with every start (a page
 * without a database) keeps the cursor in memory and lets the client begin with the list of conversations.
 */

/** @typedef {{epoch: string|null, position: number, base: {epoch: string, position: number}|null}} Cursor */
/** @typedef {{number: number, key: string|null, since: object|null, command: object}} StoredCommand */

/** Keeps everything as long as the object lives. */
export function memoryStore() {
  let cursor = null;
  let attempt = 0;
  const commands = new Map();
  return {
    load: () => ({ cursor, attempt, commands: [...commands.values()] }),
    saveCursor: (next) => {
      cursor = next;
    },
    saveAttempt: (next) => {
      attempt = next;
    },
    putCommand: (command) => {
      commands.set(command.number, command);
    },
    removeCommand: (number) => {
      commands.delete(number);
    },
  };
}

/**
 * Keeps it in a Web Storage (localStorage, sessionStorage), under names that begin with the prefix.
 *
 * @param {Storage} storage
 * @param {string} prefix one per user and device
 * @param {{cursor?: boolean}} [keep] `cursor: false` keeps the cursor in memory only
 */
export function webStore(storage, prefix, { cursor: keepCursor = true } = {}) {
  const name = (part) => `${prefix}.${part}`;
  const outbox = name('outbox.');
  let cursor = null;
  return {
    load: () => ({
      cursor: keepCursor ? read(storage, name('cursor')) : cursor,
      attempt: read(storage, name('attempt')) ?? 0,
      commands: Object.keys(storage)
        .filter((key) => key.startsWith(outbox))
        .map((key) => read(storage, key))
        .filter((command) => command !== null)
        .sort((a, b) => a.number - b.number),
    }),
    saveCursor: (next) => {
      cursor = next;
      if (keepCursor) {
        storage.setItem(name('cursor'), JSON.stringify(next));
      }
    },
    saveAttempt: (next) => storage.setItem(name('attempt'), JSON.stringify(next)),
    putCommand: (command) => storage.setItem(outbox + command.number, JSON.stringify(command)),
    removeCommand: (number) => storage.removeItem(outbox + number),
  };
}

/** Text that is no JSON was not written by this store: it counts as absent. */
function read(storage, key) {
  const text = storage.getItem(key);
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
