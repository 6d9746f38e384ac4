import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7Source } from '../src/uuid7.js';

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function timeOf(key) {
  return Number.parseInt(key.slice(0, 8) + key.slice(9, 13), 16);
}

test('should carry version, variant and the time', () => {
  const key = uuid7Source(() => 1_790_000_000_123)();
  assert.match(key, FORM);
  assert.equal(timeOf(key), 1_790_000_000_123);
});

test('should rise strictly and repeat nothing within one millisecond', () => {
  const next = uuid7Source(() => 1_790_000_000_000);
  const keys = Array.from({ length: 20_000 }, next);
  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual([...keys].sort(), keys);
  keys.forEach((key) => assert.match(key, FORM));
});

test('should rise when the clock goes back', () => {
  let now = 1_790_000_000_000;
  const next = uuid7Source(() => now);
  const before = next();
  now -= 60_000;
  assert.ok(next() > before);
});

test('should be a legal clientMessageId', () => {
  assert.match(uuid7Source(Date.now)(), /^[A-Za-z0-9._:-]{1,64}$/);
});
