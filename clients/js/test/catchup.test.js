import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../src/backoff.js';
import { CatchUp } from '../src/catchup.js';
import { MillraceError } from '../src/errors.js';
import { Timeline } from '../src/timeline.js';

const entry = (position) => ({ position });

/** A timeline over a log of `length` entries that is served in pages of `size`. */
function device({ length = 25, size = 10, cursor = null, answers = [] } = {}) {
  const out = [];
  const asked = [];
  const resets = [];
  const timeline = new Timeline({ cursor, out: ({ position }) => out.push(position) });
  const source = {
    pull: async (after, epoch, atLeast) => {
      asked.push({ after, epoch, atLeast });
      const answer = answers.shift();
      if (answer instanceof Error) {
        throw answer;
      }
      const entries = [];
      for (let at = after + 1; at <= length && entries.length < size; at++) {
        entries.push(entry(at));
      }
      const next = after + entries.length;
      return { epoch: 'e1', head: length, entries, next, more: next < length, ...answer };
    },
    snapshot: async () => ({ epoch: 'e1', position: 20, conversations: [] }),
  };
  const catchUp = new CatchUp({
    timeline,
    source,
    backoff: new Backoff({ first: 1, longest: 5 }),
    onSnapshot: (snapshot, reason) => resets.push(reason),
  });
  return { catchUp, timeline, out, asked, resets };
}

test('should pull page after page until it is in step', async () => {
  const { catchUp, out, asked } = device();
  await catchUp.pull();
  assert.equal(out.length, 25);
  assert.deepEqual(asked.map(({ after, epoch }) => [after, epoch]), [[0, null], [10, 'e1'], [20, 'e1']]);
});

test('should ask for what the session has named', async () => {
  const { catchUp, timeline, asked } = device({ cursor: { epoch: 'e1', position: 12, base: null } });
  timeline.onSession('e1', 25);
  catchUp.onSession('e1', 25);
  await catchUp.pull();
  assert.deepEqual(asked[0], { after: 12, epoch: 'e1', atLeast: 25 });
});

test('should ask again where the store is behind', async () => {
  const behind = { entries: [], next: 0, more: true, retryAfterMs: 1 };
  const { catchUp, timeline, out } = device({ answers: [behind, behind] });
  timeline.onSession('e1', 25);
  await catchUp.pull();
  assert.equal(out.length, 25);
});

test('should begin with a snapshot after a reset and go on behind it', async () => {
  const { catchUp, out, resets } = device({
    cursor: { epoch: 'e0', position: 99, base: null },
    answers: [new MillraceError('reset', 'gone', { status: 410 })],
  });
  await catchUp.pull();
  assert.deepEqual(resets, ['reset']);
  assert.deepEqual(out, [21, 22, 23, 24, 25]);
});

test('should survive failures', async () => {
  const { catchUp, out } = device({
    answers: [new MillraceError('network', 'gone'), new MillraceError('unavailable', '', { retryAfterMs: 1 })],
  });
  await catchUp.pull();
  assert.equal(out.length, 25);
});

test('should have one request under way', async () => {
  const { catchUp, asked } = device({ length: 5 });
  await Promise.all([catchUp.pull(), catchUp.pull(), catchUp.pull()]);
  assert.ok(asked.length <= 2, `${asked.length} requests`);
});

test('should tell who waits that it was stopped', async () => {
  const { catchUp } = device({ answers: [new MillraceError('unavailable', '', { retryAfterMs: 100_000 })] });
  const waiting = catchUp.pull();
  await new Promise(setImmediate);
  catchUp.stop();
  await assert.rejects(waiting, /closed/);
});
