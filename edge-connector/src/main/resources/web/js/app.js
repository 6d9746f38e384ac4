import { MillraceClient, directConversation, webStore } from '../client/index.js';
import { byId } from './dom.js';
import { claimDevice, developmentToken, embedded, forgetUser } from './identity.js';
import { Drafts } from './model/drafts.js';
import { History } from './model/history.js';
import { Model } from './model/model.js';
import { Sightings } from './model/sightings.js';
import { Typing } from './model/typing.js';
import { texts } from './text/texts.js';
import { setUpBeside } from './view/beside.js';
import { Composer } from './view/composer.js';
import { ConnectionView } from './view/connection.js';
import { askChat, askGroup, showMembers } from './view/dialogs.js';
import { ListView } from './view/list.js';
import { RoomMenu } from './view/menu.js';
import { hideNotice, showError } from './view/notice.js';
import { RoomView } from './view/room.js';
import { Strip } from './view/strip.js';

const MUTE_MS = 60 * 60_000;

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
  const menu = new RoomMenu(client);
  room = new RoomView({ client, model, drafts, composer, typing, menu, history: new History(client, model) });

  const open = (id) => {
    const conversation = model.demand(id);
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
    drafts.onReset();
  });
  client.on('entry', (entry) => {
    model.applyEntry(entry);
    drafts.onEntry(entry);
    composer.onSettings(model.get(entry.conversation));
    if (entry.event.kind === 'message') {
      typing.onMessage(entry.conversation, entry.event.from);
      sightings.tell(entry.conversation, entry.event.seq);
    }
  });
  client.on('receipt', (receipt) => model.applyReceipt(receipt));
  client.on('typing', (signal) => typing.onSignal(signal));
  client.on('error', showError);

  byId('new-chat').addEventListener('click', async () => {
    const other = await askChat();
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
  byId('members').addEventListener('click', () => openMembers(client, room.conversation, user));
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

async function openMembers(client, conversation, me) {
  try {
    const atLeast = conversation.lastVersion || undefined;
    const { members } = await client.conversation(conversation.id, { atLeast });
    await showMembers({
      conversation,
      members,
      me,
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
