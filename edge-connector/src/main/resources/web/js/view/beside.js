import { byId } from '../dom.js';
import { texts } from '../text/texts.js';

const DEVICE = 'tablet-1';

/** A second device of the same user, in this window beside the first, or in one of its own. */
export function setUpBeside(user) {
  const panel = byId('beside');
  const toggle = byId('second');
  const address = (more) => `/?${new URLSearchParams({ user, device: DEVICE, lang: texts.language, ...more })}`;
  const show = (open) => {
    panel.hidden = !open;
    toggle.setAttribute('aria-pressed', String(open));
    byId('beside-frame').src = open ? address({ embedded: '1' }) : 'about:blank';
    byId('beside-link').href = address({});
  };
  toggle.addEventListener('click', () => show(panel.hidden));
  byId('beside-close').addEventListener('click', () => {
    show(false);
    toggle.focus();
  });
  // One device, one window: the panel's own session would be replaced by the new one.
  byId('beside-link').addEventListener('click', () => show(false));
}
