// One patient's conversation without its looks: what was said, what is still to be sent, and the question that is open.
//
// Messages go out one at a time and in order. One that cannot be sent stays, with its id, until it can: the server
// takes the same id only once. `view` shows what happens; see chat.js for its methods.

import { openSession, readTranscript, sendMessage } from "./door.js";
import { Entries, entriesOf, entryOf } from "./entries.js";
import { Kept, newId } from "./kept.js";
import { Later } from "./later.js";
import { chosen, makesSenseAnew, refusalOf, tapped, typed } from "./messages.js";

const TRIES = [3, 6, 12, 25, 60];
const CLOSING = ["question", "emergency", "result", "booking", "staff"]; // who writes with a person is asked nothing
const AWAY = 600_000; // after ten minutes the conversation may have gone on elsewhere

export class Conversation {
  #kept = new Kept();
  #entries;
  #later;
  #delivering = false;
  #timer = null;
  #failures = 0;
  #renewals = 0;

  constructor({ view, language, say }) {
    this.view = view;
    this.language = language;
    this.words = say;
    this.#entries = new Entries({ kept: this.#kept, view });
    this.#later = new Later({
      onReply: (reply, number) => {
        this.#kept.state.lastEvent = number;
        this.#take([reply]);
      },
      onGone: () => this.#renew().then(() => this.deliver()),
    });
  }

  get entries() {
    return this.#entries.all;
  }

  get token() {
    return this.#kept.state.token;
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
    addEventListener("pageshow", (event) => event.persisted && this.token && this.#listen());
    document.addEventListener("visibilitychange", () => this.#goOn());
    this.#goOn();
  }

  /** The patient typed this, or filled it into the form of a question, which is then answered. */
  say(text, asked = null) {
    if (asked) this.#ask(null);
    this.#enqueue(typed(text, asked), text);
  }

  /** The patient tapped these choices of the open question. */
  choose(reply, ids) {
    const labels = reply.choices.filter((choice) => ids.includes(choice.id)).map((choice) => choice.label);
    this.#ask(null);
    this.#enqueue(chosen(reply, ids), labels.join("\n"));
  }

  /** The patient tapped something that may be said at any point, such as "go back", or a correction of this reply. */
  tap(id, label, reply = null) {
    this.#enqueue(tapped(id, reply), label);
  }

  /** Go on here with the conversation that a code has opened. */
  takeOver({ token, entries, open, last }) {
    this.#forget();
    Object.assign(this.#kept.state, { token, entries: entriesOf(entries), lastEvent: last });
    this.view.restore(this.entries);
    this.#ask(open);
    this.#listen();
  }

  /** Forget this conversation on this device and open another. */
  startAgain() {
    this.#forget();
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
    const { token, waiting, erased } = this.#kept.state;
    return (!token && !erased) || waiting.length > 0;
  }

  /** Back on the screen: fetch what was said elsewhere when the patient was away for long, then send what waits. */
  async #goOn() {
    const { state } = this.#kept;
    if (document.hidden || this.#delivering) return;
    if (state.token && Date.now() - state.at > AWAY) {
      this.#delivering = true;
      const { status, body } = await readTranscript(state.token);
      this.#delivering = false;
      if (status === 200 && state === this.#kept.state) this.#catchUp(body);
    }
    this.deliver();
  }

  #catchUp({ entries, open, last }) {
    const { state } = this.#kept;
    const fresh = this.#entries.addNew(entriesOf(entries)).filter((entry) => entry.reply);
    state.lastEvent = Math.max(state.lastEvent ?? 0, last);
    this.#ask(open);
    if (fresh.length) this.view.arrived(fresh.map((entry) => entry.reply));
  }

  #enqueue(item, shown) {
    this.#kept.state.waiting.push(item);
    this.#entries.add({ key: item.message.id, from: "patient", text: shown, state: "sending" });
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
    this.#settle(item, { state: "failed", note: this.words(refusalOf(item, status)) });
    if (text) this.view.giveBack(text);
    if (item.asked && !this.#kept.state.open) this.#ask(item.asked);
    if (status === 409) this.#listen(0);
    return null;
  }

  /** Not now: show safety texts that came along, mark what waits, and say when to try again. */
  #postponed(about, { status, body, wait }) {
    const pause = wait ?? TRIES[Math.min(this.#failures, TRIES.length - 1)];
    this.#failures += 1;
    (body.replies ?? []).forEach((reply) => this.#entries.addSafety(about, reply));
    for (const item of this.#kept.state.waiting) this.#entries.change(item.message.id, { state: "waiting" });
    if (status === 0) this.view.line(navigator.onLine ? "unreached" : "offline");
    else this.view.line(status === 429 ? "fast" : "busy", { seconds: pause });
    return pause;
  }

  #succeeded(about) {
    this.#failures = 0;
    this.view.line("online");
    this.#entries.removeSafety(about);
    this.#kept.save();
  }

  /** The token opens nothing any more: a new session, in which what waits and still makes sense there is sent. */
  async #renew() {
    const { state } = this.#kept;
    this.#later.stop();
    Object.assign(state, { token: null, lastEvent: null });
    this.#ask(null);
    const lost = state.waiting.filter((item) => !makesSenseAnew(item));
    lost.forEach((item) => this.#settle(item, { state: "failed", note: this.words(refusalOf(item, 409)) }));
    this.#entries.add({ key: newId(), from: "note", text: this.words(state.waiting.length ? "renewedResent" : "renewed") });
    this.#renewals += 1;
    return this.#renewals > 2 ? TRIES[2] : null;
  }

  #listen(after = this.#kept.state.lastEvent) {
    this.#later.start(this.#kept.state.token, after);
  }

  /** Show replies that are new; the newest question is the open one. */
  #take(replies) {
    // Once the clinic has erased the conversation, nothing new is opened before the patient goes on.
    if (replies.some((reply) => reply.data?.erased)) this.#forget({ erased: true });
    const fresh = this.#entries.addNew(replies.map(entryOf)).map((entry) => entry.reply);
    const question = fresh.filter((reply) => reply.question).pop();
    if (question || fresh.some((reply) => CLOSING.includes(reply.kind))) this.#ask(question ?? null);
    this.#kept.save();
    if (fresh.length) this.view.arrived(fresh);
  }

  #forget({ erased = false } = {}) {
    this.#later.stop();
    this.#kept.forget();
    this.#kept.state.erased = erased;
    this.#failures = 0;
    this.view.clear();
  }

  #ask(reply) {
    this.#kept.state.open = reply;
    this.#kept.save();
    this.view.ask(reply);
  }

  #settle(item, change) {
    const { waiting } = this.#kept.state;
    waiting.splice(waiting.indexOf(item), 1);
    this.#entries.change(item.message.id, change);
  }
}
