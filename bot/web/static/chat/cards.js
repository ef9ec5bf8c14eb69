// Cards below a bubble: the clinic's own booking page with what to paste there, and an appointment that is made.

import { copyText } from "./copy.js";
import { h, icon, labelled, safe } from "./dom.js";

/** What this reply brings along beside its words. */
export function cards(reply, say) {
  const { link, appointment } = reply.data ?? {};
  return [link && bookingPage(link, say), appointment && visit(appointment, say)].filter(Boolean);
}

function bookingPage({ url, label, copy }, say) {
  const status = h("p", { class: "told", role: "status" });
  const place = h("div", { class: "made" });
  const take = () => copyText(copy, { place, status, say });
  const go = h("a", { class: "button", href: safe(url), target: "_blank", rel: "noopener" }, ...labelled("open", label));
  const copies = copy && h("button", { class: "quiet", onclick: take }, say("copySummary"));
  return h("div", { class: "aside" }, h("div", { class: "buttons" }, go, copies), place, status);
}

function visit({ label, manage, ics }, say) {
  const change = h("a", { class: "quiet", href: safe(manage), target: "_blank", rel: "noopener" }, say("changeVisit"));
  const file = h("a", { class: "quiet", href: safe(ics), download: "" }, ...labelled("calendar", say("toCalendar")));
  return h("div", { class: "aside visit" }, h("div", { class: "head" }, icon("calendar"), h("p", { class: "when" }, label)), h("div", { class: "buttons" }, file, change));
}
