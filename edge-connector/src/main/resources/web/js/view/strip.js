import { attribute, batched, byId, h } from '../dom.js';
import { milliseconds } from '../text/format.js';
import { texts } from '../text/texts.js';
import { textOf } from './preview.js';

const KEPT = 20;

/**
 * What just happened: the way of each message sent here (accepted, posted, arrived on which devices, each with its time
 * from the click), and what the device did by itself. The newest row is in view, the others on demand.
 */
export class Strip {
  #rows = [];
  #early = [];
  #user;
  #device;
  #render = batched(() => this.#write());

  constructor({ client, sightings, user, device }) {
    this.#user = user;
    this.#device = device;
    client.on('trace', (trace) => this.#onTrace(trace));
    client.on('entry', (entry) => this.#onEntry(entry));
    client.on('reset', () => this.#note(() => texts.of('noteReset')));
    sightings.on('seen', (seen) => this.#onSeen(seen));
    texts.on('change', this.#render);
    const toggle = byId('strip-toggle');
    toggle.addEventListener('click', () => {
      const open = byId('strip').toggleAttribute('data-open');
      attribute(toggle, 'aria-expanded', String(open));
    });
    this.#render();
  }

  #onTrace({ step, handle, error, posted, ...details }) {
    if (step === 'pulled') {
      this.#note(() => texts.of('notePulled', details.through - details.from + 1));
    } else if (step === 'session') {
      this.#note(() => texts.of('noteSession'));
    } else if (handle?.command.type === 'send') {
      this.#rowOf(handle).error = error ?? null;
      this.#render();
    }
  }

  #onEntry({ conversation, event }) {
    if (event.kind !== 'message' || event.clientMessageId === undefined) {
      return;
    }
    const row = this.#rows.find(({ handle }) => handle?.clientMessageId === event.clientMessageId);
    if (row !== undefined) {
      Object.assign(row, { conversation, seq: event.seq });
      this.#onSeen({ conversation, seq: event.seq, user: this.#user, device: this.#device, at: now() });
    }
  }

  #onSeen({ conversation, seq, user, device, at }) {
    const row = this.#rows.find((each) => each.handle && each.conversation === conversation && each.seq === seq);
    if (row !== undefined) {
      row.devices.set(`${user} ${device}`, { user, device, at: row.devices.get(`${user} ${device}`)?.at ?? at });
      this.#render();
    } else if (user !== this.#user || device !== this.#device) {
      // Another device may be faster than this one's own entry.
      this.#early.push({ conversation, seq, user, device, at });
      this.#early.splice(0, this.#early.length - KEPT);
    }
  }

  #rowOf(handle) {
    let row = this.#rows.find((each) => each.handle === handle);
    if (row === undefined) {
      row = { handle, error: null, devices: new Map(), conversation: null, seq: null };
      handle.on('posted', ({ conversation, seq }) => {
        Object.assign(row, { conversation, seq });
        const early = this.#early.filter((seen) => seen.conversation === conversation && seen.seq === seq);
        early.forEach((seen) => this.#onSeen(seen));
        this.#render();
      });
      this.#add(row);
    }
    return row;
  }

  #note(text) {
    // Notes must not hide a message's way: they go below the row that is in view.
    this.#add({ text, devices: new Map() }, this.#rows[0]?.handle === undefined ? 0 : 1);
  }

  #add(row, at = 0) {
    this.#rows.splice(at, 0, row);
    this.#rows.length = Math.min(this.#rows.length, KEPT);
    this.#render();
  }

  #write() {
    const rows = this.#rows.map((row) => (row.handle === undefined ? h('li', {}, row.text()) : this.#way(row)));
    const nothing = h('li', { class: 'nothing' }, texts.of('nothingYet'));
    byId('strip-rows').replaceChildren(...(this.#rows[0]?.handle === undefined ? [nothing, ...rows] : rows));
  }

  #way(row) {
    const { handle, error, devices, seq } = row;
    const { queued, sent, accepted, decided } = handle.times;
    const since = (time) => milliseconds(time - queued);
    return h(
      'li',
      { 'data-testid': 'way', 'data-state': handle.state },
      h('span', { class: 'what' }, '“', h('bdi', {}, textOf(handle.command)), '”'),
      sent === undefined ? step('queued', ['', texts.of('stepQueued'), '']) : null,
      accepted === undefined ? null : step('accepted', texts.of('stepAccepted', milliseconds(accepted - sent))),
      handle.state === 'posted' && seq === undefined ? step('posted', ['', texts.of('stepScheduled'), '']) : null,
      handle.state === 'posted' && seq !== null && seq !== undefined
        ? step('posted', [...texts.of('stepPosted', seq).slice(0, 2), ` · ${since(decided)}`])
        : null,
      error === null ? null : step('problem', ['', texts.ofError(error), ''], true),
      [...devices.values()].map(({ user, device, at }) => this.#arrival(user, device, at - performance.timeOrigin - queued)),
    );
  }

  #arrival(user, device, ms) {
    const here = user === this.#user && device === this.#device;
    const name = here ? texts.of('stepHere') : texts.of('stepDevice', user, device);
    const element = step('device', ['', name, ` ${milliseconds(ms)}`]);
    element.dataset.device = `${user}/${device}`;
    return element;
  }
}

function step(name, [before, strong, after], bad = false) {
  return h('span', { class: 'step', 'data-testid': `step-${name}`, 'data-bad': bad }, before, h('b', {}, strong), after);
}

function now() {
  return performance.timeOrigin + performance.now();
}
