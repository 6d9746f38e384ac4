import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Timeline } from '../src/timeline.js';
import { chosenSeed, seeded } from './random.js';

const entry = (position) => ({ position, conversation: 'd:alice:bob', event: { kind: 'message', seq: position } });
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

function newTimeline(settings = {}) {
  const out = [];
  const timeline = new Timeline({ out: ({ position }) => out.push(position), ...settings });
  return { timeline, out };
}

test('should hold what came early until the gap is filled', () => {
  const { timeline, out } = newTimeline();
  timeline.onSession('e1', 0);
  timeline.onPushed([entry(2), entry(3)]);
  assert.deepEqual(out, []);
  assert.ok(timeline.behind);
  timeline.onPage({ epoch: 'e1', head: 3, entries: [entry(1)] });
  assert.deepEqual(out, [1, 2, 3]);
  assert.ok(!timeline.behind);
});

test('should tell a doubled entry once', () => {
  const { timeline, out } = newTimeline();
  timeline.onSession('e1', 0);
  timeline.onPushed([entry(1), entry(1)]);
  timeline.onPushed([entry(1), entry(2)]);
  assert.deepEqual(out, [1, 2]);
});

test('should be behind when welcome names a later head', () => {
  const { timeline } = newTimeline({ cursor: { epoch: 'e1', position: 41, base: null } });
  assert.ok(timeline.onSession('e1', 57));
  assert.ok(timeline.behind);
  assert.equal(timeline.known, 57);
});

test('should acknowledge pushes in order and never beyond what was pushed', () => {
  const { timeline } = newTimeline({ cursor: { epoch: 'e1', position: 0, base: null } });
  timeline.onSession('e1', 10);
  assert.equal(timeline.taken, 10);
  timeline.onPushed([entry(11), entry(13)]);
  assert.equal(timeline.taken, 11);
  timeline.onPushed([entry(12)]);
  assert.equal(timeline.taken, 13);
  timeline.onPage({ epoch: 'e1', head: 20, entries: range(1, 20).map(entry) });
  assert.equal(timeline.position, 20);
  assert.equal(timeline.taken, 13);
});

test('should tell nothing of another epoch before its snapshot', () => {
  const { timeline, out } = newTimeline({ cursor: { epoch: 'e1', position: 41, base: null } });
  assert.equal(timeline.onSession('e2', 7), false);
  timeline.onPushed([entry(8)]);
  assert.deepEqual(out, []);
  timeline.onSnapshot('e2', 8, 7);
  timeline.onPushed([entry(8), entry(9)]);
  assert.deepEqual(out, [9]);
  assert.equal(timeline.epoch, 'e2');
});

test('should save the cursor after the entries it stands for', () => {
  const steps = [];
  const timeline = new Timeline({
    out: ({ position }) => steps.push(`entry ${position}`),
    save: ({ position }) => steps.push(`cursor ${position}`),
  });
  timeline.onSession('e1', 0);
  timeline.onPushed([entry(1), entry(2)]);
  assert.deepEqual(steps, ['entry 1', 'entry 2', 'cursor 2']);
});

test('should know whether it saw everything since a mark', () => {
  const { timeline } = newTimeline();
  timeline.onSession('e1', 0);
  const early = timeline.mark();
  timeline.onPushed([entry(1)]);
  assert.ok(timeline.coversSince(early));
  timeline.onSnapshot('e1', 5);
  assert.ok(!timeline.coversSince(early));
  assert.ok(timeline.coversSince(timeline.mark()));
});

test('should drop the newcomer when too many wait, and pull it later', () => {
  const { timeline, out } = newTimeline({ maxHeld: 3 });
  timeline.onSession('e1', 0);
  timeline.onPushed(range(2, 10).map(entry));
  timeline.onPage({ epoch: 'e1', head: 10, entries: [entry(1)] });
  assert.deepEqual(out, [1, 2, 3, 4]);
  assert.ok(timeline.behind);
  timeline.onPage({ epoch: 'e1', head: 10, entries: range(5, 10).map(entry) });
  assert.deepEqual(out, range(1, 10));
});

test('should tell every entry once and in order whatever the network loses, doubles or reorders', () => {
  for (let round = 0, first = chosenSeed(); round < 100; round++) {
    assertOnceInOrder(first + round);
  }
});

function assertOnceInOrder(seed) {
  const random = seeded(seed);
  const upTo = (most) => Math.floor(random() * (most + 1));
  const { timeline, out } = newTimeline({ maxHeld: 5 + upTo(200) });
  const total = 300;
  let head = upTo(50);
  let floor = 0;
  timeline.onSession('e1', head);
  const inFlight = [];
  while (timeline.position < total) {
    const dice = random();
    if (dice < 0.5 && head < total) {
      head += 1;
      const copies = [0, 1, 1, 1, 2][upTo(4)];
      for (let i = 0; i < copies; i++) {
        inFlight.splice(upTo(Math.min(5, inFlight.length)), 0, entry(head));
      }
    } else if (dice < 0.8) {
      timeline.onPushed(inFlight.splice(-1 - upTo(3)));
    } else if (dice < 0.82) {
      inFlight.length = 0;
      floor = head;
      timeline.onSession('e1', head);
    } else {
      const from = Math.max(0, timeline.position - upTo(3));
      const through = Math.min(head, from + upTo(20));
      timeline.onPage({ epoch: 'e1', head, entries: range(from + 1, through).map(entry) });
    }
    assert.ok(timeline.taken <= Math.max(floor, head), `seed ${seed}: acknowledges what was not pushed`);
  }
  assert.deepEqual(out, range(1, total), `seed ${seed}`);
}
