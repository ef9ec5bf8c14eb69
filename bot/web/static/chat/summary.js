// The result as a card: the count, the findings with the patient's own words, and what may be done with it.

import { copyText } from "./copy.js";
import { h, safe, uniqueId } from "./dom.js";
import { faultOf, mailSummary, makeSummaryLink, readSummary } from "./door.js";

const NO_MAIL = 503;
const MAILED = { 202: "mailSent", 422: "mailWrong", [NO_MAIL]: "mailNever" };

/** The first row is the count; the others are findings with the patient's own words. */
export function card([[, count], ...rows], say) {
  const head = h("div", { class: "count" }, h("p", { class: "title" }, say("result")), h("p", { class: "figure" }, count));
  head.append(h("p", { class: "small" }, say("resultNote")));
  const list = h("dl", {});
  for (const [label, value] of rows) {
    list.append(h("div", { class: "row" }, h("dt", {}, label), h("dd", { dir: "auto", class: /^["“„«]/.test(value) && "quoted" }, value)));
  }
  return h("div", { class: "card" }, head, list);
}

/** The buttons of the card; `token()` opens the summary. */
export class SummaryActions {
  #sendsMail = true;

  constructor({ say, token }) {
    this.say = say;
    this.token = token;
  }

  build() {
    const status = h("p", { class: "told", role: "status" });
    const place = h("div", { class: "made" });
    const form = h("form", { id: uniqueId("mail"), class: "mail", novalidate: true, hidden: true });
    const where = { status, place, form };
    const button = (word, act, more) =>
      h("button", { class: "quiet", onclick: () => act(where), ...more }, this.say(word));
    const show = button("showPhysio", () => this.#show(where), { class: "first" });
    where.mail = button("mailLink", () => this.#openMail(where), { "aria-expanded": "false", "aria-controls": form.id });
    where.mail.hidden = !this.#sendsMail;
    this.#fillMail(where);
    const others = [button("print", printResult), button("pdf", () => this.#save(where)), button("copyAsText", () => this.#copy(where))];
    // Not read out with the result: whoever wants the buttons finds them below it.
    return h("div", { class: "actions", "aria-live": "off" }, h("div", { class: "buttons" }, show, ...others, where.mail), form, place, status);
  }

  async #show({ status, place }) {
    const tab = open("", "_blank"); // now, as browsers allow it only in the tap itself
    const { status: code, body } = await makeSummaryLink(this.token());
    const address = code === 201 && safe(body.url);
    if (!address) {
      tab?.close();
      return this.#fault(status, code);
    }
    if (tab) tab.location = address;
    const link = h("a", { href: address, target: "_blank", rel: "noopener" }, this.say("openSummary"));
    place.replaceChildren(h("p", {}, link, ` ${this.say("linkLasts", { days: body.days })}`));
    status.textContent = "";
  }

  async #save({ status }) {
    const { status: code, body } = await readSummary(this.token(), "pdf");
    if (code !== 200) return this.#fault(status, code);
    const address = URL.createObjectURL(body);
    h("a", { href: address, download: `${this.say("fileName")}.pdf` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    status.textContent = this.say("saved");
  }

  async #copy({ status, place }) {
    const { status: code, body } = await readSummary(this.token(), "text");
    if (code !== 200) return this.#fault(status, code);
    await copyText(await body.text(), { place, status, say: this.say });
  }

  #openMail({ mail, form, status }, opens = form.hidden) {
    form.hidden = !opens;
    mail.setAttribute("aria-expanded", String(opens));
    status.textContent = "";
    (opens ? form.elements.to : mail).focus();
  }

  #fillMail({ mail, form, status }) {
    const id = uniqueId("to");
    const to = h("input", { id, name: "to", type: "email", autocomplete: "email", maxlength: 200 });
    const send = h("button", { type: "submit", class: "main" }, this.say("send"));
    form.append(h("label", { for: id }, this.say("mailTo")), to, send, h("p", { class: "small" }, this.say("mailNote")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const address = to.value.trim();
      const answer = address ? await mailSummary(this.token(), address) : { status: 422 };
      const code = answer.status === NO_MAIL && answer.wait ? 0 : answer.status; // only for now, where it says for how long
      if (code === 422) to.focus();
      if (code === 202) this.#openMail({ mail, form, status }, false);
      if (code === NO_MAIL) this.#giveUpMail({ mail, form });
      status.textContent = this.say(MAILED[code] ?? faultOf(code));
    });
  }

  /** This clinic sends none: it is not offered again. */
  #giveUpMail({ mail, form }) {
    this.#sendsMail = false;
    form.hidden = mail.hidden = true;
    mail.previousElementSibling.focus();
  }

  #fault(status, code) {
    status.textContent = this.say(faultOf(code));
  }
}

/** Print the result alone. */
function printResult() {
  document.documentElement.classList.add("prints-result");
  addEventListener("afterprint", () => document.documentElement.classList.remove("prints-result"), { once: true });
  print();
}
