/** Plots as inline SVG: one column per minute, the latest on the right. */

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 940;
const HEIGHT = 190;
const LEFT = 54;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 24;
const LABELS = 6;

function make(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

function titled(text) {
  const title = document.createElementNS(SVG, 'title');
  title.textContent = text;
  return title;
}

/** 1, 2 or 5 times a power of ten, at least this. */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= value);
}

function frame(minutes, clock, marks, y, format) {
  const step = (WIDTH - LEFT - RIGHT) / minutes.length;
  const x = (index) => LEFT + index * step;
  const svg = make('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' });
  marks.forEach((mark) => {
    svg.append(make('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y(mark), y2: y(mark) }));
    svg.append(make('text', { x: LEFT - 6, y: y(mark) + 4, 'text-anchor': 'end' }, format(mark)));
  });
  const every = Math.max(1, Math.ceil(minutes.length / LABELS));
  for (let index = minutes.length - 1; index >= 0; index -= every) {
    const anchor = index === minutes.length - 1 ? 'end' : 'middle';
    const at = index === minutes.length - 1 ? WIDTH - RIGHT : x(index) + step / 2;
    svg.append(make('text', { x: at, y: HEIGHT - 6, 'text-anchor': anchor }, clock(minutes[index].minute)));
  }
  return { svg, x, step };
}

function key(series, sample) {
  const list = document.createElement('ul');
  list.className = 'key';
  series.forEach((each) => {
    const item = document.createElement('li');
    item.append(make('svg', { viewBox: '0 0 22 10', 'aria-hidden': 'true' }, sample(each)), each.name);
    list.append(item);
  });
  return list;
}

function put(place, svg, label, ...more) {
  svg.setAttribute('aria-label', label);
  place.replaceChildren(svg, ...more);
}

/** Stacked bars from 0. */
export function bars(place, minutes, series, { clock, unit }) {
  const sum = (minute) => series.reduce((all, each) => all + each.of(minute), 0);
  const top = round(Math.max(4, ...minutes.map(sum)));
  const y = (value) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const { svg, x, step } = frame(minutes, clock, [0, top / 2, top], y, (mark) => mark.toLocaleString('en'));
  minutes.forEach((minute, index) => {
    const parts = series.map((each) => `${each.of(minute)} ${each.name}`).join(', ');
    const column = make('g', {}, titled(`${clock(minute.minute)}: ${parts}`));
    column.append(make('rect', { class: 'nothing', x: x(index), width: step, y: TOP, height: HEIGHT - TOP - BOTTOM }));
    let below = 0;
    series.forEach((each) => {
      const value = each.of(minute);
      if (value > 0) {
        const height = y(below) - y(below + value);
        const attributes = { x: x(index) + step * 0.1, width: step * 0.8, y: y(below + value), height };
        column.append(make('rect', { class: `fill-${each.shade}`, 'data-value': value, ...attributes }));
        below += value;
      }
    });
    svg.append(column);
  });
  const all = minutes.reduce((total, minute) => total + sum(minute), 0);
  const more = series.length > 1 ? [key(series, (each) => make('rect', { class: `fill-${each.shade}`, width: 22, height: 10 }))] : [];
  put(place, svg, `${all} ${unit} in ${minutes.length} minutes`, ...more);
}

/** Lines on a scale of powers of ten from 10 ms to a minute; a gap where there is nothing. */
export function lines(place, minutes, series, { clock, duration }) {
  const marks = [10, 100, 1_000, 10_000, 60_000];
  const height = HEIGHT - TOP - BOTTOM;
  const part = (ms) => Math.log(Math.max(ms, marks[0]) / marks[0]) / Math.log(marks.at(-1) / marks[0]);
  const y = (ms) => HEIGHT - BOTTOM - Math.min(1, part(ms)) * height;
  const { svg, x, step } = frame(minutes, clock, marks, y, duration);
  series.forEach((each) => {
    let path = '';
    let open = false;
    minutes.forEach((minute, index) => {
      const ms = each.of(minute);
      if (ms !== null) {
        const at = x(index) + step / 2;
        // one value alone is a stroke as wide as its minute
        path += open ? `L${at} ${y(ms)}` : `M${at - step * 0.3} ${y(ms)}L${at} ${y(ms)}`;
        path += `L${at + step * 0.3} ${y(ms)}`;
      }
      open = ms !== null;
    });
    svg.append(make('path', { class: `line-${each.shade}`, d: path }));
  });
  minutes.forEach((minute, index) => {
    const said = series.map((each) => `${each.name} ${duration(each.of(minute))}`).join(', ');
    const column = make('rect', { class: 'nothing', x: x(index), width: step, y: TOP, height });
    column.append(titled(`${clock(minute.minute)}: ${said}`));
    svg.append(column);
  });
  const sample = (each) => make('path', { class: `line-${each.shade}`, d: 'M0 5L22 5' });
  put(place, svg, `delivery latency in ${minutes.length} minutes`, key(series, sample));
}
