import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../src/backoff.js';

test('should double the ceiling up to the longest wait and keep half of it', () => {
  const least = new Backoff({ first: 100, longest: 1000, random: () => 0 });
  const most = new Backoff({ first: 100, longest: 1000, random: () => 1 });
  assert.deepEqual(Array.from({ length: 6 }, () => least.next()), [50, 100, 200, 400, 500, 500]);
  assert.deepEqual(Array.from({ length: 6 }, () => most.next()), [100, 200, 400, 800, 1000, 1000]);
});

test('should begin anew after a success', () => {
  const backoff = new Backoff({ first: 100, longest: 1000, random: () => 1 });
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 100);
});

test('should stay finite after very many failures', () => {
  const backoff = new Backoff({ random: () => 1 });
  for (let i = 0; i < 5000; i++) {
    assert.ok(backoff.next() <= 30_000);
  }
});

test('should choose a delay between bounds', () => {
  const backoff = new Backoff();
  for (let i = 0; i < 200; i++) {
    const delay = backoff.between(1000, 30_000);
    assert.ok(delay >= 1000 && delay <= 30_000);
  }
});
