import { MillraceClient, directConversation, webStore } from '../client/index.js';
import { byId } from './dom.js';
import { askedGroup, claimDevice, developmentToken, embedded, forgetUser } from './identity.js';
import { Contacts } from './model/contacts.js';
import { Drafts } from './model/drafts.js';
import { Ends } from './model/ends.js';
import { History } from './model/history.js';
import { Model } from './model/model.js';
import { Presence } from './model/presence.js';
import { Sightings } from './model/sightings.js';
import { Typing } from './model/typing.js';
import { Waiting } from './model/waiting.js';
import { texts } from './text/texts.js';
import { setUpBeside } from './view/beside.js';
import { Composer } from './view/composer.js';
import { ConnectionView } from './view/connection.js';
import { askAlias, askChat, askGroup, askJoin, showGroup, showMembers } from './view/dialogs.js';
import { ListView } from './view/list.js';
import { RoomMenu } from './view/menu.js';
import { hideNotice, showError } from './view/notice.js';
import { RoomView } from './view/room.js';
import { Strip } from './view/strip.js';
import { WaitingStrip } from './view/waiting-strip.js';

const MUTE_MS = 60 * 60_000;
const LINK_MS = 7 * 24 * 60 * 60_000;

/** Puts client, model and views together for one user on one device. */
export async function startApp({ user, token }) {
  const device = await claimDevice(user);
  const client = newClient(user, device, token);
  const model = new Model(user);
  const sightings = new Sightings(user, device);
  let room = null;
  const drafts = new Drafts(client, model, (id) => room?.onDrafts(id));
  const composer = new Composer(client, drafts);
  const typing = new Typing((id) => model.emit('room', id));
  const waiting = new Waiting(client, (id) => room?.onDrafts(id));
  const presence = new Presence(client, (id) => room?.onDrafts(id));
  const ends = new Ends(model, () => client.now);
  const contacts = new Contacts(client, model);
  const menu = new RoomMenu(client, {
    alias: (conversation) => askAlias(conversation, (alias) => client.settings(conversation.id, { alias }).posted),
    group: (conversation) => openGroup(client, conversation),
  });
  const history = new History(client, model);
  const strip = new WaitingStrip(client);
  room = new RoomView({ client, model, drafts, composer, typing, menu, history, waiting, presence, strip });

  const open = (id) => {
    const conversation = model.demand(id);
    conversation.opened = true;
    list.select(id);
    composer.open(conversation);
    room.open(conversation);
    composer.focus();
  };
  const list = new ListView(model, open);
  new ConnectionView(client).render();
  new Strip({ client, sightings, user, device });

  client.on('reset', (snapshot) => {
    model.applySnapshot(snapshot);
    waiting.onReset();
    contacts.load().catch(showError);
    drafts.onReset();
    ends.look();
    showInvisible(model, user);
  });
  client.on('entry', (entry) => {
    model.applyEntry(entry);
    waiting.onEntry(entry);
    contacts.onEntry(entry);
    drafts.onEntry(entry);
    ends.look();
    showInvisible(model, user);
    composer.onSettings(model.get(entry.conversation));
    if (entry.event.kind === 'message') {
      typing.onMessage(entry.conversation, entry.event.from);
      sightings.tell(entry.conversation, entry.event.seq);
    }
  });
  client.on('receipt', (receipt) => model.applyReceipt(receipt));
  client.on('typing', (signal) => typing.onSignal(signal));
  client.on('presence', (signal) => presence.onSignal(signal));
  client.on('state', ({ phase }) => phase === 'open' && presence.onSession());
  client.on('error', showError);
  model.on('room', () => ends.look());

  byId('new-chat').addEventListener('click', async () => {
    const other = await askChat(contacts.list());
    if (other !== null) {
      open(directConversation(user, other));
    }
  });
  byId('new-group').addEventListener('click', async () => {
    const group = await askGroup((wish) => client.createGroup(wish));
    if (group !== null) {
      open(group.conversation);
    }
  });
  byId('members').addEventListener('click', () => openMembers(client, presence, room.conversation, user));
  byId('invisible').addEventListener('click', () => {
    const notes = directConversation(user, user);
    const invisible = !(model.get(notes)?.invisible ?? false);
    client.settings(notes, { invisible }).posted.catch(showError);
  });
  byId('back').addEventListener('click', () => {
    room.close();
    list.focus();
  });
  byId('sign-out').addEventListener('click', () => {
    client.close();
    forgetUser();
  });
  setUpKeys({ list, room, open });
  setUpBeside(user);

  byId('app').hidden = false;
  byId('app').toggleAttribute('data-embedded', embedded);
  byId('app').querySelector('.me .user').textContent = user;
  byId('app').querySelector('.me .device').textContent = device;
  window.addEventListener('online', () => client.connect());
  list.render();
  client.connect();
  await offerToJoin(client, open);
}

/** Of the user's notes, which are where this setting lives. */
function showInvisible(model, user) {
  const invisible = model.get(directConversation(user, user))?.invisible ?? false;
  byId('invisible').setAttribute('aria-pressed', String(invisible));
}

/** The page was opened by a join link. */
async function offerToJoin(client, open) {
  const asked = askedGroup();
  if (asked === null) {
    return;
  }
  const { conversation, link } = asked;
  const joined = await askJoin(conversation, () => client.join(conversation, link));
  if (joined !== null) {
    open(conversation);
  }
}

async function openGroup(client, conversation) {
  const { id, me, lastVersion } = conversation;
  try {
    const details = await client.conversation(id, { atLeast: lastVersion || undefined });
    const role = details.members.find(({ user }) => user === me)?.role;
    await showGroup({
      details,
      admin: role === 'owner' || role === 'admin',
      save: (changes) => client.setGroup(id, changes),
      link: async () => {
        const { link } = await client.createLink(id, Date.now() + LINK_MS);
        return `${location.origin}${location.pathname}#join=${id},${link}`;
      },
      revoke: (link) => client.revokeLink(id, link),
      muteAll: (is) => client.muteMembers(id, [], is ? Date.now() + MUTE_MS : null),
    });
  } catch (error) {
    showError(error);
  }
}

/** Messages are loaded anew with every visit, so the cursor is not kept; what was not sent yet is. */
function newClient(user, device, token) {
  let first = token;
  return new MillraceClient({
    url: location.origin,
    device,
    token: () => {
      const present = first ?? developmentToken(user);
      first = null;
      return present;
    },
    store: webStore(localStorage, `millrace.${user}.${device}`, { cursor: false }),
    start: 'conversations',
  });
}

async function openMembers(client, presence, conversation, me) {
  try {
    const atLeast = conversation.lastVersion || undefined;
    const { members } = await client.conversation(conversation.id, { atLeast });
    await showMembers({
      conversation,
      members,
      me,
      presence: (name) => presence.of(name),
      add: (users) => client.addMembers(conversation.id, users),
      act: (what, user) => actOnMember(client, conversation.id, what, user),
    });
  } catch (error) {
    showError(error);
  }
}

/** What the buttons beside a member do. */
function actOnMember(client, id, what, user) {
  switch (what) {
    case 'owner':
    case 'admin':
    case 'member':
      return client.setRole(id, user, what);
    case 'mute':
      return client.muteMembers(id, [user], Date.now() + MUTE_MS);
    case 'unmute':
      return client.muteMembers(id, [user], null);
    case 'dissolve':
      return client.dissolve(id);
    default:
      return client.removeMember(id, user);
  }
}

/** Alt with up and down changes the conversation, Escape goes back to the list. */
function setUpKeys({ list, room, open }) {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !byId('dialog').open) {
      hideNotice();
      if (event.target === byId('composer-text') && !event.isComposing) {
        list.focus();
      }
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const next = list.neighbour(event.key === 'ArrowUp' ? -1 : 1);
      if (next !== undefined && next !== room.conversation?.id) {
        event.preventDefault();
        open(next);
      }
    }
  });
  byId('language').addEventListener('click', () => texts.toggle());
}
