// <needlepoint-chat>: the chat as a custom element. It puts the parts together, and decides on focus and scrolling.

import { Answers } from "./chat/answers.js";
import { Ending, Line } from "./chat/below.js";
import { Composer } from "./chat/composer.js";
import { Conversation } from "./chat/conversation.js";
import { Devices } from "./chat/devices.js";
import { h, icon } from "./chat/dom.js";
import { isFramed, onOpened, tell } from "./chat/frame.js";
import { Menu } from "./chat/menu.js";
import { Progress } from "./chat/progress.js";
import { SummaryActions } from "./chat/summary.js";
import { Transcript } from "./chat/transcript.js";
import { wordsFor } from "./chat/words.js";

const SLOW = 4_000;

class NeedlepointChat extends HTMLElement {
  #built = false;
  #restFocus = false;
  #slow = null;

  connectedCallback() {
    if (this.#built) return;
    this.#built = true;
    const { phone, emergency, colours = "{}" } = this.dataset;
    for (const [name, value] of Object.entries(JSON.parse(colours))) document.documentElement.style.setProperty(name, value);
    this.say = wordsFor(document.documentElement.lang, { clinic: phone, ...(emergency && { emergency }) });
    this.#build();
    this.#listen();
    this.conversation = new Conversation({ view: this, language: document.documentElement.lang, say: this.say });
    this.conversation.begin();
  }

  // What the conversation calls.

  restore(entries) {
    entries.forEach((entry) => this.transcript.show(entry));
    this.ending.follow(entries);
    this.scroller.append(this.transcript.element, this.dots, this.answers.element, this.ending.element);
    this.#toEnd();
  }

  show(entry) {
    this.transcript.show(entry);
    if (entry.from !== "patient") return;
    this.ending.follow(this.conversation.entries);
    this.#toEnd();
  }

  change(entry) {
    this.transcript.change(entry);
  }

  remove(entry) {
    this.transcript.remove(entry);
  }

  clear() {
    this.transcript.clear();
    this.ask(null);
    this.ending.follow([]);
    this.composer.focus();
  }

  /** Put the answers of this question on the screen; whoever was answering by taps goes on there. */
  ask(reply) {
    const inside = this.answers.element.contains(document.activeElement);
    if (inside) this.scroller.focus({ preventScroll: true });
    this.#restFocus ||= inside;
    this.answers.ask(reply);
    this.progress.show(reply);
  }

  /** New replies are on the screen: bring the first of them into view, and the focus to what they ask. */
  arrived(replies) {
    this.ending.follow(this.conversation.entries);
    this.#reveal(this.transcript.elementOf(replies[0].id));
    if (this.#restFocus && document.activeElement === this.scroller) this.#focusQuestion();
    this.#restFocus = false;
    tell("new");
  }

  working(isWorking) {
    this.dots.classList.toggle("is-on", isWorking);
    clearTimeout(this.#slow);
    this.status.textContent = "";
    if (!isWorking) return;
    this.#slow = setTimeout(() => (this.status.textContent = this.say("stillWriting")), SLOW);
    this.#toEnd();
  }

  line(state, values) {
    this.lineOf.show(state, values);
  }

  giveBack(text) {
    this.composer.giveBack(text);
  }

  // Building.

  #build() {
    const { say } = this;
    const token = () => this.conversation.token;
    const onSay = (text, asked) => this.conversation.say(text, asked);
    const onChoose = (reply, ids) => this.conversation.choose(reply, ids);
    const onFix = (reply, fix) => this.#tap(fix.id, say("fixed", fix), reply);
    const onMore = (label) => this.#tap("control.more", label);
    this.transcript = new Transcript({ say, numbers: this.#numbers(), actions: new SummaryActions({ say, token }), onMore });
    this.answers = new Answers({ say, onSay, onChoose, onFix });
    this.composer = new Composer({ say, onSay });
    this.composer.element.append(h("p", { class: "foot" }, say("foot")));
    this.progress = new Progress({ say });
    this.devices = new Devices({ say, token, onOpened: (body) => this.conversation.takeOver(body), onClose: () => this.#focusFirst() });
    this.ending = new Ending({
      say,
      onStartAgain: () => this.conversation.startAgain(),
      onResume: () => this.devices.askCode(),
    });
    this.lineOf = new Line({ say, onTryAgain: () => this.conversation.deliver() });
    this.dots = h("div", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.status = h("p", { class: "for-readers", role: "status" });
    this.scroller = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": say("answers") });
    this.querySelector(".unstarted")?.remove();
    const top = this.querySelector(".top");
    top.append(this.#menu());
    if (isFramed()) top.append(this.#closeButton());
    const parts = [this.progress, { element: this.scroller }, { element: this.status }, this.lineOf, this.devices, this.composer];
    top.after(...parts.map((part) => part.element));
  }

  #menu() {
    const onControl = (id, label) => this.#tap(id, label);
    return new Menu({ say: this.say, onControl, onDevice: () => this.devices.showCode() }).element;
  }

  /** A tap that answers no question: the focus waits for what comes of it. */
  #tap(id, label, reply) {
    this.scroller.focus({ preventScroll: true });
    this.#restFocus = true;
    this.conversation.tap(id, label, reply);
  }

  #numbers() {
    const { emergency, nurse, crisis, phone } = this.dataset;
    return [...new Set([emergency, crisis, nurse, phone])].filter(Boolean);
  }

  #closeButton() {
    const close = () => tell("close");
    return h("button", { class: "close", "aria-label": this.say("close"), onclick: close }, icon("close"));
  }

  #listen() {
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) tell("close");
    });
    onOpened(() => this.#focusFirst());
  }

  // Focus and scrolling.

  /** The patient opened the chat: the composer, or the head on a touch screen, where the composer opens the keyboard. */
  #focusFirst() {
    if (matchMedia("(pointer: coarse)").matches) this.querySelector(".top").focus({ preventScroll: true });
    else this.composer.focus();
  }

  #focusQuestion() {
    if (this.answers.group) this.answers.group.focus({ preventScroll: true });
    else this.#focusFirst();
  }

  /** Scroll so that all of the news can be seen, or its beginning where it is too tall. */
  #reveal(element) {
    const pane = this.#pane;
    const top = element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
    const start = top + (pane === this.scroller ? pane.scrollTop : this.scroller.offsetTop) - 12;
    pane.scrollTo({ top: Math.min(start, pane.scrollHeight) });
  }

  #toEnd() {
    this.#pane.scrollTo({ top: this.#pane.scrollHeight });
  }

  /** What scrolls: the conversation, or the whole page where the screen is very low. */
  get #pane() {
    return getComputedStyle(this.scroller).overflowY === "auto" ? this.scroller : document.scrollingElement;
  }
}

customElements.define("needlepoint-chat", NeedlepointChat);
