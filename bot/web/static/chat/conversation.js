// One patient's conversation without its looks: what was said, what is still to be sent, and the question that is open.
//
// Messages go out one at a time and in order. One that cannot be sent stays, with its id, until it can: the server
// takes the same id only once. `view` shows what happens; see chat.js for its methods.

import { openSession, sendMessage } from "./door.js";
import { Kept, newId } from "./kept.js";
import { Later } from "./later.js";

const PAUSES = [3, 6, 12, 25, 60];
const CLOSING = ["question", "emergency", "result", "booking"];

export class Conversation {
  #kept = new Kept();
  #later;
  #delivering = false;
  #timer = null;
  #failures = 0;
  #renewals = 0;

  constructor({ view, language, say }) {
    this.view = view;
    this.language = language;
    this.words = say;
    this.#later = new Later({
      onReply: (reply, number) => this.#arrived(reply, number),
      onGone: () => this.#renew().then(() => this.deliver()),
    });
  }

  get entries() {
    return this.#kept.state.entries;
  }

  /** Show what was kept, then go on where it stopped. */
  begin() {
    const { state } = this.#kept;
    this.view.restore(state.entries);
    this.view.ask(state.open);
    if (state.token) this.#later.start(state.token, state.lastEvent);
    addEventListener("online", () => this.deliver());
    addEventListener("offline", () => this.view.line("offline"));
    addEventListener("pagehide", () => this.#later.stop());
    addEventListener("pageshow", (event) => event.persisted && state.token && this.#listen());
    this.deliver();
  }

  /** The patient typed this. */
  say(text) {
    this.#enqueue({ message: { id: newId(), text }, asked: null }, text);
  }

  /** The patient tapped these choices of the open question. */
  choose(reply, ids) {
    const labels = reply.choices.filter((choice) => ids.includes(choice.id)).map((choice) => choice.label);
    const answer = reply.multiple ? { choices: ids } : { choice: ids[0] };
    this.#ask(null);
    this.#enqueue({ message: { id: newId(), ...answer, in_reply_to: reply.id }, asked: reply }, labels.join("\n"));
  }

  /** Forget this conversation on this device and open another. */
  startAgain() {
    this.#later.stop();
    this.#kept.forget();
    this.#failures = 0;
    this.view.clear();
    this.deliver();
  }

  /** Send what waits, oldest first; what cannot be sent is tried again later. */
  async deliver() {
    if (this.#delivering) return;
    clearTimeout(this.#timer);
    this.#delivering = true;
    let wait = null;
    while (wait === null && this.#owes()) {
      this.view.working(this.#kept.state.waiting.length > 0);
      wait = await (this.#kept.state.token ? this.#sendFirst() : this.#open());
    }
    this.#delivering = false;
    this.view.working(false);
    if (wait !== null) this.#timer = setTimeout(() => this.deliver(), wait * 1000);
  }

  #owes() {
    return !this.#kept.state.token || this.#kept.state.waiting.length > 0;
  }

  #enqueue(item, shown) {
    this.#kept.state.waiting.push(item);
    this.#add({ key: item.message.id, from: "patient", text: shown, state: "sending" });
    this.deliver();
  }

  /** Open a session; null when it is open, else the seconds until the next try. */
  async #open() {
    const { state } = this.#kept;
    const answer = await openSession(this.language);
    if (state !== this.#kept.state) return null;
    if (answer.status !== 201) return this.#postponed("session", answer);
    state.token = answer.body.token;
    this.#succeeded("session");
    this.#take(answer.body.replies);
    this.#listen();
    return null;
  }

  /** Send the oldest message; null when it is settled, else the seconds until the next try. */
  async #sendFirst() {
    const { state } = this.#kept;
    const item = state.waiting[0];
    const answer = await sendMessage(state.token, item.message);
    if (state !== this.#kept.state) return null;
    const { status } = answer;
    if (status === 200) return this.#sent(item, answer.body.replies);
    if (status === 401) return this.#renew();
    if (status === 0 || status === 408 || status === 429 || status >= 500) return this.#postponed(item.message.id, answer);
    return this.#refused(item, status);
  }

  #sent(item, replies) {
    this.#renewals = 0;
    this.#settle(item, { state: "sent", note: null });
    this.#succeeded(item.message.id);
    this.#take(replies);
    return null;
  }

  /** The server will never take this message: say why, and give the patient's text back. */
  #refused(item, status) {
    const { text } = item.message;
    const word = { 413: "refusedLong", 422: "refusedText", 409: text ? "refused" : "stale" }[status] ?? "refused";
    this.#settle(item, { state: "failed", note: this.words(word) });
    if (text) this.view.giveBack(text);
    if (item.asked && !this.#kept.state.open) this.#ask(item.asked);
    if (status === 409) this.#listen(0);
    return null;
  }

  /** Not now: show safety texts that came along, mark what waits, and say when to try again. */
  #postponed(about, { status, body, wait }) {
    const pause = wait ?? PAUSES[Math.min(this.#failures, PAUSES.length - 1)];
    this.#failures += 1;
    (body.replies ?? []).forEach((reply) => this.#addSafety(about, reply));
    for (const item of this.#kept.state.waiting) this.#change(item.message.id, { state: "waiting" });
    if (status === 0) this.view.line(navigator.onLine ? "unreached" : "offline");
    else this.view.line(status === 429 ? "fast" : "busy", { seconds: pause });
    return pause;
  }

  #succeeded(about) {
    this.#failures = 0;
    this.view.line("online");
    this.entries.filter((entry) => entry.about === about).forEach((entry) => this.#remove(entry));
    this.#kept.save();
  }

  /** The token opens nothing any more: a new session, in which typed messages that wait are sent. */
  async #renew() {
    const { state } = this.#kept;
    this.#later.stop();
    Object.assign(state, { token: null, lastEvent: null });
    this.#ask(null);
    const tapped = state.waiting.filter((item) => !item.message.text);
    tapped.forEach((item) => this.#settle(item, { state: "failed", note: this.words("stale") }));
    this.#add({ key: newId(), from: "note", text: this.words(state.waiting.length ? "renewedResent" : "renewed") });
    this.#renewals += 1;
    return this.#renewals > 2 ? PAUSES[2] : null;
  }

  #listen(after = this.#kept.state.lastEvent) {
    this.#later.start(this.#kept.state.token, after);
  }

  #arrived(reply, number) {
    this.#kept.state.lastEvent = number;
    this.#take([reply]);
  }

  /** Show replies that are new; the newest question is the open one. */
  #take(replies) {
    const known = new Set(this.entries.map((entry) => entry.key));
    const fresh = replies.filter((reply) => !known.has(reply.id));
    fresh.forEach((reply) => this.#add({ key: reply.id, from: "clinic", reply }));
    const question = fresh.filter((reply) => reply.question).pop();
    if (question || fresh.some((reply) => CLOSING.includes(reply.kind))) this.#ask(question ?? null);
    this.#kept.save();
    if (fresh.length) this.view.arrived(fresh);
  }

  #addSafety(about, reply) {
    const shown = this.entries.some((entry) => entry.about === about && entry.reply.text === reply.text);
    if (!shown) this.#add({ key: reply.id, from: "clinic", reply, about });
  }

  #ask(reply) {
    this.#kept.state.open = reply;
    this.#kept.save();
    this.view.ask(reply);
  }

  #settle(item, change) {
    const { waiting } = this.#kept.state;
    waiting.splice(waiting.indexOf(item), 1);
    this.#change(item.message.id, change);
  }

  #add(entry) {
    this.entries.push(entry);
    this.#kept.save();
    this.view.show(entry);
  }

  #change(key, change) {
    const entry = this.entries.find((one) => one.key === key);
    Object.assign(entry, change);
    this.#kept.save();
    this.view.change(entry);
  }

  #remove(entry) {
    this.entries.splice(this.entries.indexOf(entry), 1);
    this.view.remove(entry);
  }
}
