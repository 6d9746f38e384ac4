import { bars, lines } from './plot.js';

const EVERY_MS = 2_000;
const MINUTE_MS = 60_000;
const ROWS = 10;
const last = Number(new URLSearchParams(location.search).get('last') ?? 60);
const KINDS = [
  { name: 'direct', shade: 'a', of: (m) => m.direct },
  { name: 'group', shade: 'b', of: (m) => m.group },
  { name: 'room', shade: 'c', of: (m) => m.room },
];
const PERCENTILES = [
  { name: 'p50', shade: 'a', of: (m) => m.p50Ms },
  { name: 'p90', shade: 'b', of: (m) => m.p90Ms },
  { name: 'p99', shade: 'c', of: (m) => m.p99Ms },
];
const USERS = [{ name: 'active users', shade: 'a', of: (m) => m.activeUsers }];

const by = (id) => document.getElementById(id);

function duration(ms) {
  if (ms === null) {
    return '–';
  }
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

function clock(ms) {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

function none(minute) {
  return { minute, direct: 0, group: 0, room: 0, activeUsers: 0, delivered: 0, late: 0, p50Ms: null, p90Ms: null, p99Ms: null };
}

/** Every minute, also those in which nothing happened. */
function whole({ first, now, minutes }) {
  const known = new Map(minutes.map((each) => [each.minute, each]));
  const all = [];
  for (let at = first; at <= now; at += MINUTE_MS) {
    all.push(known.get(at) ?? none(at));
  }
  return all;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function totals(minutes) {
  const sum = (of) => minutes.reduce((all, each) => all + of(each), 0);
  const shown = [
    ['messages', sum((m) => m.direct + m.group + m.room)],
    ['deliveries', sum((m) => m.delivered)],
    ['late deliveries', sum((m) => m.late)],
    ['most active users in a minute', Math.max(...minutes.map((m) => m.activeUsers))],
  ];
  by('totals').replaceChildren(
    ...shown.map(([name, value]) => {
      const pair = document.createElement('div');
      pair.dataset.name = name;
      pair.append(element('dt', name), element('dd', value.toLocaleString('en')));
      return pair;
    }),
  );
}

function table(minutes) {
  const rows = minutes.slice(-ROWS).reverse();
  by('rows').replaceChildren(
    ...rows.map((m) => {
      const row = document.createElement('tr');
      row.dataset.minute = new Date(m.minute).toISOString();
      const cells = [clock(m.minute), m.direct, m.group, m.room, m.activeUsers, m.delivered, m.late];
      row.append(...[...cells, ...[m.p50Ms, m.p90Ms, m.p99Ms].map(duration)].map((text) => element('td', text)));
      return row;
    }),
  );
}

async function show() {
  const response = await fetch(`minutes.json?last=${last}`);
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.title);
  }
  const minutes = whole(answer);
  totals(minutes);
  bars(by('messages'), minutes, KINDS, { clock, unit: 'messages' });
  lines(by('latency'), minutes, PERCENTILES, { clock, duration });
  bars(by('users'), minutes, USERS, { clock, unit: 'users' });
  table(minutes);
  by('state').textContent = `as of ${new Date(answer.now).toLocaleTimeString()}`;
}

async function again() {
  try {
    await show();
  } catch (error) {
    by('state').textContent = `no numbers: ${error.message}`;
  }
  setTimeout(again, EVERY_MS);
}

document
  .querySelectorAll('nav a')
  .forEach((link) => link.getAttribute('href') === `?last=${last}` && link.setAttribute('aria-current', 'true'));
again();
