import { avatar, byId, h } from '../dom.js';
import { WELL_FORMED } from '../identity.js';
import { full } from '../text/format.js';
import { texts } from '../text/texts.js';

/** Asks for a user, with the contacts to choose from; answers its name, or null. */
export function askChat(contacts) {
  const choice = ({ user, alias }) =>
    h(
      'li',
      {},
      avatar(alias || user),
      h('button', { type: 'submit', class: 'quiet', value: user, 'data-testid': 'contact' }, h('bdi', {}, alias || user)),
      alias === '' ? null : h('small', {}, user),
    );
  return ask({
    title: texts.of('newChat'),
    before: contacts.length === 0 ? null : h('ul', { class: 'people', 'aria-label': texts.of('contacts') }, contacts.map(choice)),
    fields: [{ name: 'user', label: texts.of('withWhom'), testId: 'chat-user', ltr: true }],
    go: texts.of('begin'),
    check: ({ user }, pressed) => (pressed !== '' || WELL_FORMED.test(user) ? null : texts.of('badUser')),
    then: async ({ user }, pressed) => pressed || user,
  });
}

/** Asks what the user calls somebody. */
export function askAlias({ other, alias }, save) {
  return ask({
    title: other,
    fields: [{ name: 'alias', label: texts.of('aliasOf'), testId: 'alias', value: alias, optional: true }],
    go: texts.of('save'),
    check: ({ alias: given }) => (given.length <= 64 ? null : texts.of('tooLong')),
    then: ({ alias: given }) => save(given),
  });
}

/** Whether the user wants to join the group of a link. */
export function askJoin(title, join) {
  return ask({
    title: texts.of('joinGroup'),
    before: h('p', { dir: 'auto' }, title),
    fields: [],
    go: texts.of('join'),
    check: () => null,
    then: join,
  });
}

/** Title, announcement, who may join, links; what members may only read stays as it is for them. */
export function showGroup({ details, admin, save, link, revoke, muteAll }) {
  const { title, announcement, joinRule, links = [], mutedUntil } = details;
  const made = h('output', { class: 'link-made', 'data-testid': 'link-made', dir: 'ltr' });
  const row = ({ id, until }) =>
    h(
      'li',
      { 'data-testid': 'link' },
      h('span', {}, texts.of('linkUntil', full(until))),
      h('span', { class: 'grow' }),
      h('button', { type: 'submit', class: 'quiet', value: `revoke ${id}`, 'data-testid': 'revoke-link' }, texts.of('revoke')),
    );
  const makeLink = async () => {
    try {
      made.textContent = await link();
    } catch (error) {
      made.textContent = texts.ofError(error);
    }
  };
  const silent = (mutedUntil ?? 0) > Date.now();
  const tools = admin
    ? h(
        'div',
        { class: 'group-tools' },
        h('ul', { class: 'people' }, links.map(row)),
        h('button', { type: 'button', class: 'quiet', 'data-testid': 'make-link', onclick: makeLink }, texts.of('makeLink')),
        h(
          'button',
          { type: 'submit', class: 'quiet', value: silent ? 'unmute-all' : 'mute-all', 'data-testid': 'mute-all' },
          texts.of(silent ? 'unmuteAll' : 'muteAll'),
        ),
        made,
      )
    : null;
  return ask({
    title: texts.of('groupSettings'),
    after: tools,
    fields: [
      { name: 'title', label: texts.of('groupTitle'), testId: 'set-title', value: title ?? '', optional: true, readonly: !admin },
      { name: 'announcement', label: texts.of('announcement'), testId: 'set-announcement', value: announcement, optional: true, readonly: !admin },
      { name: 'open', label: texts.of('openGroup'), testId: 'set-open', type: 'checkbox', value: joinRule === 'open', optional: true, readonly: !admin },
    ],
    go: texts.of(admin ? 'save' : 'close'),
    check: () => null,
    then: async (values, pressed) => {
      if (pressed.startsWith('revoke ')) {
        return revoke(pressed.slice('revoke '.length));
      }
      if (pressed !== '') {
        return muteAll(pressed === 'mute-all');
      }
      const changes = {
        title: values.title === (title ?? '') || values.title === '' ? undefined : values.title,
        announcement: values.announcement === announcement ? undefined : values.announcement,
        joinRule: (values.open === 'on') === (joinRule === 'open') ? undefined : values.open === 'on' ? 'open' : 'invitation',
      };
      return admin && Object.values(changes).some((value) => value !== undefined) ? save(changes) : undefined;
    },
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
export function showMembers({ conversation, members, me, presence, add, act }) {
  const mine = members.find(({ user }) => user === me)?.role;
  const button = (what, user, text) =>
    h('button', { type: 'submit', class: 'quiet', value: `${what} ${user}`, 'data-testid': `${what}-member` }, texts.of(text));
  const row = ({ user, role, mutedUntil }) =>
    h(
      'li',
      { 'data-testid': 'member', 'data-user': user },
      avatar(user),
      h('bdi', {}, user),
      presence(user)?.state === 'online' ? h('i', { class: 'there', title: texts.of('online'), role: 'img', 'aria-label': texts.of('online') }) : null,
      h('small', {}, texts.of(ROLES[role] ?? 'roleMember')),
      h('span', { class: 'grow' }),
      mine === 'owner' && role === 'member' ? button('admin', user, 'makeAdmin') : null,
      mine === 'owner' && role === 'admin' ? button('member', user, 'makeMember') : null,
      mine !== 'member' && role === 'member'
        ? (mutedUntil ?? 0) > Date.now()
          ? button('unmute', user, 'unmuteMember')
          : button('mute', user, 'muteMember')
        : null,
      mine === 'owner' && user !== me ? button('owner', user, 'handOver') : null,
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
function ask({ title, before = null, after = null, fields, go, check, then }) {
  const dialog = byId('dialog');
  const problem = h('p', { class: 'problem', role: 'alert', 'data-testid': 'dialog-problem' });
  const inputs = fields.map(({ name, label, testId, ltr, optional, type = 'text', value, readonly = false }) => {
    const input = h('input', {
      name,
      type,
      'data-testid': testId,
      autocomplete: 'off',
      required: !optional,
      dir: ltr ? 'ltr' : 'auto',
      disabled: readonly,
    });
    if (type === 'checkbox') {
      input.checked = value === true;
      return h('label', { class: 'check' }, input, label);
    }
    input.value = value ?? '';
    return h('label', {}, label, input);
  });
  const form = h(
    'form',
    { method: 'dialog', novalidate: true },
    h('h2', { id: 'dialog-title', dir: 'auto' }, title),
    before,
    inputs,
    after,
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
