import { clock, short } from '../text/format.js';
import { texts } from '../text/texts.js';

/** Whether somebody is there, in words; undefined where that is not known. */
export function seenText(presence) {
  if (presence === undefined) {
    return undefined;
  }
  if (presence.state === 'online') {
    return texts.of('online');
  }
  if (presence.since === null) {
    return texts.of('offline');
  }
  const time = clock(presence.since);
  const day = short(presence.since);
  return texts.of('lastSeen', day === time ? time : `${day}, ${time}`);
}
