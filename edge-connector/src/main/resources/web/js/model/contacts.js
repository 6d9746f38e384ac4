/** The user's contacts: the server's list, and what its entries say afterwards. */
export class Contacts {
  #client;
  #model;
  #known = new Map();

  constructor(client, model) {
    this.#client = client;
    this.#model = model;
  }

  /** By name, as the user calls them. */
  list() {
    return [...this.#known.values()].sort((a, b) => ((a.alias || a.user) < (b.alias || b.user) ? -1 : 1));
  }

  /** A list of conversations says nothing of contacts without one. */
  async load() {
    const { contacts } = await this.#client.contacts();
    this.#known = new Map(contacts.map((contact) => [contact.user, contact]));
  }

  onEntry({ conversation, event }) {
    const { kind, other, me } = this.#model.get(conversation);
    if (event.kind === 'settings' && kind === 'direct' && other !== me) {
      const { contact = false, alias = '' } = event;
      if (contact || alias !== '') {
        this.#known.set(other, { user: other, contact, alias });
      } else {
        this.#known.delete(other);
      }
    }
  }
}
