import { avatar, byId, h } from '../dom.js';
import { WELL_FORMED } from '../identity.js';
import { texts } from '../text/texts.js';

/** Asks for a user; answers its name, or null. */
export function askChat() {
  return ask({
    title: texts.of('newChat'),
    fields: [{ name: 'user', label: texts.of('withWhom'), testId: 'chat-user', ltr: true }],
    go: texts.of('begin'),
    check: ({ user }) => (WELL_FORMED.test(user) ? null : texts.of('badUser')),
    then: async ({ user }) => user,
  });
}

/** Asks for title and members; answers what `create` answers, or null. */
export function askGroup(create) {
  return ask({
    title: texts.of('newGroup'),
    fields: [
      { name: 'title', label: texts.of('groupTitle'), testId: 'group-title' },
      { name: 'members', label: texts.of('groupMembers'), testId: 'group-members', ltr: true },
    ],
    go: texts.of('create'),
    check: ({ members }) => (names(members).every((name) => WELL_FORMED.test(name)) ? null : texts.of('badUser')),
    then: ({ title, members }) => create({ title, members: names(members) }),
  });
}

const ROLES = { owner: 'roleOwner', admin: 'roleAdmin', member: 'roleMember' };

/** Shows who belongs to a group, with what one may do about it. */
export function showMembers({ conversation, members, me, add, act }) {
  const mine = members.find(({ user }) => user === me)?.role;
  const button = (what, user, text) =>
    h('button', { type: 'submit', class: 'quiet', value: `${what} ${user}`, 'data-testid': `${what}-member` }, texts.of(text));
  const row = ({ user, role, mutedUntil }) =>
    h(
      'li',
      { 'data-testid': 'member', 'data-user': user },
      avatar(user),
      h('bdi', {}, user),
      h('small', {}, texts.of(ROLES[role] ?? 'roleMember')),
      h('span', { class: 'grow' }),
      mine === 'owner' && role === 'member' ? button('admin', user, 'makeAdmin') : null,
      mine === 'owner' && role === 'admin' ? button('member', user, 'makeMember') : null,
      mine !== 'member' && role === 'member'
        ? (mutedUntil ?? 0) > Date.now()
          ? button('unmute', user, 'unmuteMember')
          : button('mute', user, 'muteMember')
        : null,
      mine === 'owner' && user === me ? button('dissolve', user, 'dissolve') : null,
      button('remove', user, user === me ? 'leave' : 'remove'),
    );
  return ask({
    title: `${conversation.name} · ${texts.of('membersOf', members.length)}`,
    before: h('ul', { class: 'people' }, members.map(row)),
    fields: [{ name: 'users', label: texts.of('addMembers'), testId: 'add-members', ltr: true, optional: true }],
    go: texts.of('add'),
    check: ({ users }, pressed) =>
      pressed !== '' || (names(users).length > 0 && names(users).every((name) => WELL_FORMED.test(name)))
        ? null
        : texts.of('badUser'),
    then: ({ users }, pressed) => (pressed === '' ? add(names(users)) : act(...pressed.split(' '))),
  });
}

/** One form in the page's dialog. It closes when `then` has done its work; a failure stays readable. */
function ask({ title, before = null, fields, go, check, then }) {
  const dialog = byId('dialog');
  const problem = h('p', { class: 'problem', role: 'alert', 'data-testid': 'dialog-problem' });
  const inputs = fields.map(({ name, label, testId, ltr, optional }) =>
    h(
      'label',
      {},
      label,
      h('input', { name, 'data-testid': testId, autocomplete: 'off', required: !optional, dir: ltr ? 'ltr' : 'auto' }),
    ),
  );
  const form = h(
    'form',
    { method: 'dialog', novalidate: true },
    h('h2', { id: 'dialog-title', dir: 'auto' }, title),
    before,
    inputs,
    problem,
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, texts.of('cancel')),
      h('button', { class: 'primary', value: '', 'data-testid': 'dialog-go' }, go),
    ),
  );
  // Enter in a field presses the first submit button of a form: that has to be the one below.
  form.prepend(h('button', { value: '', hidden: true, 'aria-hidden': 'true' }));
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  dialog.replaceChildren(form);
  dialog.showModal();
  form.querySelector('input')?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(null), { once: true });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
      const pressed = event.submitter?.value ?? '';
      const wrong = check(values, pressed);
      if (wrong !== null) {
        problem.textContent = wrong;
        return;
      }
      const buttons = form.querySelectorAll('button');
      buttons.forEach((button) => (button.disabled = true));
      try {
        resolve(await then(values, pressed));
        dialog.close();
      } catch (error) {
        problem.textContent = texts.ofError(error);
      } finally {
        buttons.forEach((button) => (button.disabled = false));
      }
    });
  });
}

/** Blanks and commas of either script separate names. */
function names(text) {
  return text.split(/[\s,，、]+/u).filter((name) => name !== '');
}
