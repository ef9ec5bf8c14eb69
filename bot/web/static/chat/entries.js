// What was said, entry by entry: kept in the tab and shown as it changes.

/** The entries of one conversation; `kept` holds them and `view` shows them. */
export class Entries {
  #kept;
  #view;

  constructor({ kept, view }) {
    this.#kept = kept;
    this.#view = view;
  }

  get all() {
    return this.#kept.state.entries;
  }

  add(entry) {
    this.all.push(entry);
    this.#kept.save();
    this.#view.show(entry);
  }

  /** Add those that are not there yet; they are given back. */
  addNew(entries) {
    const known = new Set(this.all.map((entry) => entry.key));
    const fresh = entries.filter((entry) => !known.has(entry.key));
    fresh.forEach((entry) => this.add(entry));
    return fresh;
  }

  change(key, change) {
    const entry = this.all.find((one) => one.key === key);
    if (!entry) return;
    Object.assign(entry, change);
    this.#kept.save();
    this.#view.change(entry);
  }

  /** A safety text that came with a refusal stands once, until what it is about has gone through. */
  addSafety(about, reply) {
    const shown = this.all.some((entry) => entry.about === about && entry.reply.text === reply.text);
    if (!shown) this.add({ ...entryOf(reply), about });
  }

  removeSafety(about) {
    for (const entry of this.all.filter((one) => one.about === about)) {
      this.all.splice(this.all.indexOf(entry), 1);
      this.#view.remove(entry);
    }
  }
}

/** A reply as an entry. */
export const entryOf = (reply) => ({ key: reply.id, from: "clinic", reply });

/** The entries of a transcript that the server gave. */
export const entriesOf = (told) =>
  told.map((one) => (one.from === "clinic" ? entryOf(one.reply) : { key: one.id, from: "patient", text: one.text, state: "sent" }));
