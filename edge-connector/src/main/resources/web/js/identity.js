/** Who sits here. The user is chosen at sign-in, the device is this tab: two tabs of one user are two devices. */

const USER = 'millrace.user';
const DEVICE = 'millrace.device';
export const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._-]{0,61}$/;

const address = new URLSearchParams(location.search);

/** Shown inside another page, as its second device. */
export const embedded = address.has('embedded');
export const askedLanguage = address.get('lang');

/** What a join link asks for, `#join=<conversation>,<secret>`; null without one. It is asked once. */
export function askedGroup() {
  const [, conversation, link] = /^#join=(g:[A-Za-z0-9._-]+),([A-Za-z0-9_-]+)$/.exec(location.hash) ?? [];
  if (conversation === undefined || embedded) {
    return null;
  }
  history.replaceState(null, '', location.pathname + location.search);
  return { conversation, link };
}

/** From the address or from this tab's last visit; null to ask. */
export function rememberedUser() {
  const user = address.get('user') ?? (embedded ? null : sessionStorage.getItem(USER));
  return user !== null && WELL_FORMED.test(user) ? user : null;
}

export function rememberUser(user) {
  if (!embedded) {
    sessionStorage.setItem(USER, user);
  }
}

/** The address may name a user: without it, signing out leads to the question again. */
export function forgetUser() {
  sessionStorage.removeItem(USER);
  location.assign(location.pathname);
}

/**
 * This tab's device. A browser copies the storage when a tab is duplicated: the copy finds the name taken and gets
 * another one. The claim ends with the page.
 */
export async function claimDevice(user) {
  const asked = address.get('device');
  if (asked !== null && WELL_FORMED.test(asked)) {
    return asked;
  }
  const remembered = sessionStorage.getItem(DEVICE);
  const device = remembered !== null && (await claim(user, remembered)) ? remembered : newName();
  if (device !== remembered) {
    await claim(user, device);
    sessionStorage.setItem(DEVICE, device);
  }
  return device;
}

function newName() {
  return `web-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

function claim(user, device) {
  if (navigator.locks === undefined) {
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    navigator.locks.request(`millrace ${user} ${device}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
  });
}

/** A development token; a MillraceError-like object with a code where there is none. */
export async function developmentToken(user) {
  let response;
  try {
    response = await fetch('/dev/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user }),
    });
  } catch (cause) {
    throw Object.assign(new Error('no connection', { cause }), { code: 'network' });
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw Object.assign(new Error('no token'), { code: problem.code ?? 'unavailable', status: response.status });
  }
  return (await response.json()).token;
}
