import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import schemaregistry from '@confluentinc/schemaregistry';
import kafkajs from 'kafkajs';
import lz4 from 'lz4-napi';

const { AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType } = schemaregistry;
// Our records are compressed with LZ4, which kafkajs leaves to a codec of the reader's choice.
kafkajs.CompressionCodecs[kafkajs.CompressionTypes.LZ4] = () => ({
  compress: (encoder) => lz4.compressFrame(encoder.buffer),
  decompress: (buffer) => lz4.decompressFrame(buffer),
});

const url = process.env.MILLRACE_URL.replace(/\/+$/, '');
const run = randomUUID().slice(0, 8);
const alice = `alice-${run}`;
const bob = `bob-${run}`;
const conversation = `d:${alice}:${bob}`;
const text = '你好, npm 👍';
/** What AES-GCM adds to a body. */
const NONCE_AND_TAG = 12 + 16;

const kafka = new kafkajs.Kafka({ brokers: [process.env.KAFKA], logLevel: kafkajs.logLevel.NOTHING });
const registry = new SchemaRegistryClient({ baseURLs: [process.env.REGISTRY] });
const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});
const consumer = kafka.consumer({ groupId: `npm-${run}` });
const events = [];

async function post(path, body, token) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 200);
  return response.json();
}

async function until(what, condition) {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error(`not within a minute: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

before(async () => {
  const { token } = await post('/dev/token', { user: alice });
  await post(
    '/v1/messages',
    { clientMessageId: 'c-1', to: { user: bob }, body: { kind: 'text', text } },
    token,
  );
  await consumer.connect();
  await consumer.subscribe({ topics: ['conversation-events'], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const key = message.key.toString();
      if (key === conversation) {
        events.push({ bytes: message.value, event: await deserializer.deserialize(topic, message.value) });
      }
    },
  });
  await until('an event', () => events.length >= 1);
});

after(() => consumer.disconnect());

test('should write the same bytes with the schema that the registry has', async () => {
  const serializer = new AvroSerializer(registry, SerdeType.VALUE, {
    useLatestVersion: true,
    autoRegisterSchemas: false,
  });
  const { bytes, event } = events[0];
  assert.equal(event.conversation, conversation);
  assert.ok(event.bodyKey, 'the body is encrypted, and says with which key');
  assert.equal(event.body.length, Buffer.byteLength(JSON.stringify({ kind: 'text', text })) + NONCE_AND_TAG);
  assert.deepEqual(await serializer.serialize('conversation-events', event), bytes);
});
