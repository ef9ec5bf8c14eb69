// The bubbles: patients' and the clinic's words, emergencies and results, in a log that screen readers follow.

import { cards } from "./cards.js";
import { h, hidden, icon } from "./dom.js";
import { card } from "./summary.js";

/**
 * Shows entries in the log; `numbers` are the telephone numbers that become call buttons in an emergency, `actions`
 * builds the buttons of a result, and `onMore(label)` hears that more of an answer is wanted.
 */
export class Transcript {
  #shown = new Map();
  #more = null;

  constructor({ say, numbers, actions, onMore }) {
    this.say = say;
    this.numbers = numbers;
    this.actions = actions;
    this.onMore = onMore;
    this.element = h("div", { class: "log", role: "log", "aria-label": say("conversation") });
  }

  show(entry) {
    if (entry.from === "patient") this.#more?.remove(); // what goes on from here is another matter
    const element = this.#build(entry);
    this.#shown.set(entry.key, element);
    this.element.append(element);
  }

  /** The bubble stays, so that nothing is read out twice. */
  change(entry) {
    this.#tellFate(this.#shown.get(entry.key), entry);
  }

  remove(entry) {
    this.#shown.get(entry.key)?.remove();
    this.#shown.delete(entry.key);
  }

  clear() {
    this.#shown.clear();
    this.element.replaceChildren();
  }

  elementOf(key) {
    return this.#shown.get(key);
  }

  #build(entry) {
    if (entry.from === "note") return h("p", { class: "note" }, entry.text);
    if (entry.from === "patient") return this.#patient(entry);
    const { reply } = entry;
    if (reply.kind === "emergency") return this.#emergency(reply);
    if (reply.kind === "result") return this.#result(reply);
    return this.#clinic(reply);
  }

  #patient({ text, state, note }) {
    const words = h("p", { class: "words", dir: "auto" }, text);
    return this.#tellFate(h("div", {}, hidden(`${this.say("you")}: `), words), { state, note });
  }

  #tellFate(bubble, { state, note }) {
    bubble.className = `bubble patient is-${state}`;
    bubble.querySelector(".fate")?.remove();
    if (state === "waiting") bubble.append(h("p", { class: "fate" }, icon("clock"), this.say("notSent")));
    if (state === "failed") bubble.append(h("p", { class: "fate" }, icon("warn"), note ?? ""));
    return bubble;
  }

  #clinic(reply) {
    const staff = reply.kind === "staff";
    const who = staff ? h("p", { class: "who" }, this.say("staff", reply.data)) : hidden(`${this.say("assistant")}: `);
    const words = h("div", { class: "words", id: wordsId(reply), dir: "auto" }, ...this.#paragraphs(spoken(reply)));
    const progress = reply.data?.progress && hidden(`${this.say("progress", reply.data.progress)}. `);
    const bubble = h("div", { class: `bubble clinic${staff ? " staff" : ""}` }, who, progress, words, ...cards(reply, this.say));
    if (reply.data?.more) bubble.append(this.#offerMore());
    return bubble;
  }

  #offerMore() {
    const label = this.say("tellMore");
    this.#more = h("button", { class: "quiet", onclick: () => this.onMore(label) }, label);
    return this.#more;
  }

  #emergency(reply) {
    const title = h("p", { class: "title" }, icon("warn"), this.say("urgent"));
    const words = h("div", { class: "words", id: wordsId(reply) }, ...this.#paragraphs(spoken(reply)));
    return h("div", { class: "bubble emergency", role: "alert" }, title, words, this.#calls(reply.text));
  }

  /** The paragraphs of a text, split at empty lines; a telephone number is never broken across lines. */
  #paragraphs(text) {
    const parts = text.split(/\n{2,}/).filter((part) => part.trim());
    return parts.map((part) => h("p", {}, ...this.#unbroken(part)));
  }

  #unbroken(text) {
    if (!this.numbers.length) return [text];
    const any = this.numbers.map((number) => number.replace(/[^\w\s]/g, "\\$&")).join("|");
    const pieces = text.split(new RegExp(`(${any})`));
    return pieces.map((piece, at) => (at % 2 ? h("span", { class: "number" }, piece) : piece));
  }

  /** A call button for each known number that the text names, in the order of the text. */
  #calls(text) {
    const named = this.numbers.filter((number) => text.includes(number));
    named.sort((one, other) => text.indexOf(one) - text.indexOf(other));
    if (!named.length) return null;
    const links = named.map((number) =>
      h("a", { class: "call", href: `tel:${number.replace(/[^\d+]/g, "")}` }, icon("phone"), this.say("call", { number })),
    );
    return h("p", { class: "calls" }, ...links);
  }

  #result(reply) {
    const { card: rows, summary } = reply.data ?? {};
    const words = h("div", { class: "words", id: wordsId(reply), dir: "auto" }, ...this.#paragraphs(spoken(reply)));
    const parts = [rows ? card(rows, this.say) : null, words, summary ? this.actions.build() : null];
    return h("section", { class: "bubble result", "aria-label": this.say("result") }, ...parts);
  }
}

const wordsId = (reply) => `words-${reply.id}`;

/** What makes the answers to a question one group, with the question's words as its name. */
export const groupOf = (reply) => ({ role: "group", tabindex: "-1", "aria-labelledby": wordsId(reply) });

/** The words of a reply: without the list of choices where these are drawn. */
function spoken(reply) {
  return (reply.choices.length && reply.data?.prompt) || reply.text;
}
