import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { Api } from '../src/api.js';
import { Backoff } from '../src/backoff.js';
import { Http } from '../src/http.js';
import { TokenSource } from '../src/tokens.js';

let server;
let answers;
let requests;
let http;
let tokensAsked;

before(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    requests.push({ method: request.method, url: request.url, token: request.headers.authorization, body });
    const { status = 200, headers = {}, value = {}, text } = answers.shift() ?? {};
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text ?? JSON.stringify(value));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});

after(() => server.close());

beforeEach(() => {
  answers = [];
  requests = [];
  tokensAsked = 0;
  http = new Http({
    url: `http://127.0.0.1:${server.address().port}`,
    tokens: new TokenSource(async () => `t-${++tokensAsked}`),
    fetch,
    backoff: new Backoff({ first: 1, longest: 5 }),
  });
});

test('should send the token and answer the JSON', async () => {
  answers.push({ value: { head: 7 } });
  assert.deepEqual((await http.call('GET', '/v1/timeline?after=0')).value, { head: 7 });
  assert.equal(requests[0].token, 'Bearer t-1');
});

test('should ask once more with a new token where the present one was refused', async () => {
  answers.push({ status: 401 }, { value: { head: 7 } });
  await http.call('GET', '/v1/timeline');
  assert.deepEqual(requests.map(({ token }) => token), ['Bearer t-1', 'Bearer t-2']);
});

test('should give up when the new token is refused too', async () => {
  answers.push({ status: 401 }, { status: 401 });
  await assert.rejects(http.call('GET', '/v1/timeline'), { code: 'unauthorized', status: 401 });
  assert.equal(requests.length, 2);
});

test('should tell a problem by its code and its delay', async () => {
  answers.push({ status: 503, headers: { 'retry-after': '2' }, value: { code: 'overloaded', detail: 'busy' } });
  await assert.rejects(http.call('GET', '/v1/timeline'), { code: 'overloaded', retryAfterMs: 2000, message: 'busy' });
});

test('should tell a problem without a code by its status', async () => {
  answers.push({ status: 502, text: '<html>' });
  await assert.rejects(http.call('GET', '/v1/timeline'), { code: 'unavailable', status: 502 });
});

test('should tell a server that cannot be reached', async () => {
  const nowhere = new Http({ url: 'http://127.0.0.1:1', tokens: new TokenSource(() => 't'), fetch, backoff: new Backoff() });
  await assert.rejects(nowhere.call('GET', '/'), { code: 'network' });
});

test('should repeat an undecided call under the same key', async () => {
  answers.push({ status: 202, value: { state: 'accepted' } }, { status: 503, value: { code: 'unavailable', retryAfterMs: 1 } });
  answers.push({ status: 201, value: { conversation: 'g:1', version: 1 } });
  const api = new Api(http, () => 'k-1');
  assert.deepEqual(await api.createGroup({ title: 'Team', members: ['bob'] }), { conversation: 'g:1', version: 1 });
  assert.equal(requests.length, 3);
  requests.forEach(({ body }) => assert.equal(JSON.parse(body).clientMessageId, 'k-1'));
});

test('should not repeat what was decided against', async () => {
  answers.push({ status: 403, value: { code: 'not_member' } });
  await assert.rejects(new Api(http, () => 'k-1').addMembers('g:1', ['bob']), { code: 'not_member' });
  assert.equal(requests.length, 1);
});

test('should make one list of all pages, no conversation twice, up to the smallest position', async () => {
  const page = (position, cursor, ...ids) => ({
    value: { epoch: 'e1', position, cursor, totalUnread: 0, conversations: ids.map((conversation) => ({ conversation })) },
  });
  answers.push(page(10, 'c1', 'a', 'b'), page(12, 'c2', 'b', 'c'), page(11, null, 'd'));
  const { position, conversations } = await new Api(http, () => 'k').snapshot();
  assert.equal(position, 10);
  assert.deepEqual(conversations.map(({ conversation }) => conversation), ['a', 'b', 'c', 'd']);
  assert.match(requests[1].url, /cursor=c1/);
});

test('should begin again when the numbering changes between two pages', async () => {
  const page = (epoch, cursor, id) => ({
    value: { epoch, position: 1, cursor, totalUnread: 0, conversations: [{ conversation: id }] },
  });
  answers.push(page('e1', 'c1', 'old'), page('e2', 'c2', 'cut'), page('e2', null, 'new'));
  const { epoch, conversations } = await new Api(http, () => 'k').snapshot();
  assert.equal(epoch, 'e2');
  assert.deepEqual(conversations.map(({ conversation }) => conversation), ['new']);
});

test('should escape ids in paths', async () => {
  answers.push({ value: { messages: [{ seq: 2 }, { seq: 1 }], more: false } });
  const { messages } = await new Api(http, () => 'k').history('d:alice:bob', { before: 9, limit: 2 });
  assert.equal(requests[0].url, '/v1/conversations/d%3Aalice%3Abob/messages?before=9&limit=2');
  assert.deepEqual(messages.map(({ seq }) => seq), [1, 2]);
});

test('should make the calls of groups and contacts', async () => {
  const api = new Api(http, () => 'k');
  const id = 'g:1';
  answers.push({}, { value: { link: 's', id: 'i', until: 9 } }, {}, {}, {}, { value: { contacts: [], position: 3 } }, { value: { scheduled: [1] } });
  await api.setGroup(id, { announcement: 'Boots', joinRule: 'open' });
  assert.deepEqual(await api.createLink(id, 9), { link: 's', id: 'i', until: 9 });
  await api.revokeLink(id, 'i');
  await api.join(id, 's');
  await api.join(id);
  assert.equal((await api.contacts(3)).position, 3);
  assert.deepEqual(await api.scheduled(id), [1]);
  assert.deepEqual(
    requests.map(({ method, url, body }) => `${method} ${url} ${body}`),
    [
      'PATCH /v1/conversations/g%3A1 {"clientMessageId":"k","announcement":"Boots","joinRule":"open"}',
      'POST /v1/conversations/g%3A1/links {"clientMessageId":"k","until":9}',
      'DELETE /v1/conversations/g%3A1/links/i?clientMessageId=k ',
      'POST /v1/conversations/g%3A1/join {"clientMessageId":"k","link":"s"}',
      'POST /v1/conversations/g%3A1/join {"clientMessageId":"k"}',
      'GET /v1/contacts?after=3 ',
      'GET /v1/conversations/g%3A1/scheduled ',
    ],
  );
});
