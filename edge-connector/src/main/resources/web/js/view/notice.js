import { byId } from '../dom.js';
import { texts } from '../text/texts.js';

const SHOWN_MS = 8000;
let timer;

/** Says what went wrong, in words and for a while. */
export function showError(error) {
  const notice = byId('notice');
  notice.textContent = texts.ofError(error);
  notice.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hideNotice, SHOWN_MS);
}

export function hideNotice() {
  byId('notice').hidden = true;
}
