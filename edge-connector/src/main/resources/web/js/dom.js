/**
 * Makes an element. Text becomes text nodes, never markup; properties that begin with `on` are listeners, the others are
 * attributes, left out where they are null or false.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      attribute(element, name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets an attribute, or takes it away where the value is null or false. */
export function attribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

export function byId(id) {
  return document.getElementById(id);
}

/** A round face with the first letter; the colour is a function of the name. */
export function dressAvatar(element, name) {
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name);
  element.textContent = [...letters][0]?.segment ?? '?';
  element.dataset.hue = String([...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 8, 0));
  return element;
}

export function avatar(name) {
  return dressAvatar(h('span', { class: 'avatar', 'aria-hidden': 'true' }), name);
}

/** Runs once, after everything that happens in this turn, however often it is asked for. */
export function batched(action) {
  let due = false;
  return () => {
    if (!due) {
      due = true;
      queueMicrotask(() => {
        due = false;
        action();
      });
    }
  };
}
