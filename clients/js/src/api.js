const PAGE = 200;

/** The calls of the pull channel and of group life, one method each. */
export class Api {
  #http;
  #newKey;

  /** @param {import('./http.js').Http} http */
  constructor(http, newKey) {
    this.#http = http;
    this.#newKey = newKey;
  }

  /** A page of the timeline: `{epoch, head, entries, next, more, retryAfterMs?}`. */
  pull(after, epoch, atLeast) {
    return this.#get('/v1/timeline', { after, limit: PAGE, epoch, atLeast: atLeast > 0 ? atLeast : null });
  }

  /**
   * All pages of the conversation list as one. Every entry through `position` is in it, later ones may be; the smallest
   * position of the pages is told, since a page that came later knows more.
   */
  async snapshot() {
    let whole = null;
    let cursor = null;
    do {
      const page = await this.#get('/v1/conversations', { limit: PAGE, cursor });
      if (whole === null || whole.epoch !== page.epoch) {
        // Another numbering began between two pages: what was read belongs to the old one.
        const begin = whole !== null && cursor !== null;
        whole = begin ? null : { ...page, conversations: [...page.conversations] };
        cursor = begin ? null : (page.cursor ?? null);
      } else {
        whole.position = Math.min(whole.position, page.position);
        whole.conversations.push(...page.conversations);
        cursor = page.cursor ?? null;
      }
    } while (whole === null || cursor !== null);
    return { ...whole, conversations: withoutRepeats(whole.conversations), cursor: null };
  }

  /** Kind, title, members with roles, lastSeq, lastVersion. */
  conversation(id, { atLeast } = {}) {
    return this.#get(`/v1/conversations/${encodeURIComponent(id)}`, { atLeast });
  }

  /** `{messages, more}` as they stand now, in order of seq. */
  async history(id, { before, after, limit = 50, atLeast } = {}) {
    const path = `/v1/conversations/${encodeURIComponent(id)}/messages`;
    const { messages, more } = await this.#get(path, { before, after, limit, atLeast });
    return { messages: [...messages].sort((a, b) => a.seq - b.seq), more };
  }

  /** @returns {Promise<{conversation: string, version: number}>} */
  createGroup({ title, members }) {
    const clientMessageId = this.#newKey();
    return this.#http.untilDecided('POST', '/v1/conversations', { clientMessageId, kind: 'group', title, members });
  }

  addMembers(id, users) {
    const clientMessageId = this.#newKey();
    return this.#http.untilDecided('POST', `${conversationPath(id)}/members`, { clientMessageId, users });
  }

  removeMember(id, user) {
    const path = `${conversationPath(id)}/members/${encodeURIComponent(user)}`;
    return this.#http.untilDecided('DELETE', `${path}?clientMessageId=${this.#newKey()}`);
  }

  setTitle(id, title) {
    return this.setGroup(id, { title });
  }

  setGroup(id, { title, announcement, joinRule }) {
    const clientMessageId = this.#newKey();
    return this.#http.untilDecided('PATCH', conversationPath(id), { clientMessageId, title, announcement, joinRule });
  }

  createLink(id, until) {
    return this.#http.untilDecided('POST', `${conversationPath(id)}/links`, { clientMessageId: this.#newKey(), until });
  }

  revokeLink(id, link) {
    const path = `${conversationPath(id)}/links/${encodeURIComponent(link)}`;
    return this.#http.untilDecided('DELETE', `${path}?clientMessageId=${this.#newKey()}`);
  }

  join(id, link) {
    return this.#http.untilDecided('POST', `${conversationPath(id)}/join`, { clientMessageId: this.#newKey(), link });
  }

  contacts(after) {
    return this.#get('/v1/contacts', { after });
  }

  async scheduled(id) {
    return (await this.#get(`${conversationPath(id)}/scheduled`, {})).scheduled;
  }

  setRole(id, user, role) {
    const path = `${conversationPath(id)}/members/${encodeURIComponent(user)}/role`;
    return this.#http.untilDecided('PUT', path, { clientMessageId: this.#newKey(), role });
  }

  muteMembers(id, users, until) {
    const clientMessageId = this.#newKey();
    return this.#http.untilDecided('PUT', `${conversationPath(id)}/mute`, { clientMessageId, users, until });
  }

  dissolve(id) {
    return this.#http.untilDecided('DELETE', `${conversationPath(id)}?clientMessageId=${this.#newKey()}`);
  }

  async #get(path, parameters) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined && value !== null) {
        query.set(name, String(value));
      }
    }
    const text = query.toString();
    return (await this.#http.call('GET', text === '' ? path : `${path}?${text}`)).value;
  }
}

function conversationPath(id) {
  return `/v1/conversations/${encodeURIComponent(id)}`;
}

/** A conversation that moved to the front while the pages were read may come twice; the first one is the newer. */
function withoutRepeats(conversations) {
  const seen = new Set();
  return conversations.filter(({ conversation }) => !seen.has(conversation) && seen.add(conversation));
}
