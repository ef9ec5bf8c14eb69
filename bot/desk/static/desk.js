// The little that a page of the desk does by itself: copy, keep the inbox fresh, and leave when nobody is there.
"use strict";

const QUIET = { "X-Desk-Quiet": "1" };
const PING_EVERY = 4 * 60 * 1000;

function offerCopy(button) {
  const field = document.getElementById(button.dataset.copy);
  const answer = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      answer.textContent = "Copied.";
    } catch {
      answer.textContent = "Selected. Press Ctrl+C or ⌘C.";
    }
  });
}

async function refresh(live) {
  if (document.hidden || !getSelection().isCollapsed) return;
  let response;
  try {
    response = await fetch(location.href, { headers: QUIET, credentials: "same-origin" });
  } catch {
    return;
  }
  if (response.redirected) return leave();
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById(live.id);
  if (!fresh) return;
  const focused = live.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  live.replaceChildren(...fresh.childNodes);
  if (focused) live.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function hearNews(live) {
  const line = document.getElementById("news");
  const title = document.title;
  const source = new EventSource("/desk/events?quiet=1");
  source.addEventListener("news", (event) => {
    const { unread, urgent } = JSON.parse(event.data);
    const words = urgent ? `${unread} new, ${urgent} urgent` : `${unread} new`;
    line.textContent = unread ? words : "";
    document.title = unread ? `(${words}) ${title}` : title;
    refresh(live);
  });
}

function stayPresent(here) {
  let wrote = 0;
  addEventListener("input", () => (wrote = Date.now()));
  setInterval(async () => {
    if (document.hidden) return;
    const form = new URLSearchParams({ [here.dataset.field]: here.dataset.token });
    if (Date.now() - wrote < 30 * 1000) form.set("writing", "1");
    const answer = await fetch(here.dataset.address, { method: "POST", body: form, headers: QUIET }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    here.replaceChildren(...page.getElementById("present").childNodes);
  }, 20 * 1000);
}

function leave() {
  location.replace("/desk/sign-in?told=idle");
}

function watchIdle(seconds) {
  let last = Date.now();
  let pinged = Date.now();
  const active = () => {
    last = Date.now();
    if (last - pinged < PING_EVERY) return;
    pinged = last;
    fetch("/desk/alive", { credentials: "same-origin" }).then((answer) => answer.redirected && leave(), () => {});
  };
  for (const sign of ["keydown", "pointerdown", "input"]) addEventListener(sign, active, { passive: true });
  setInterval(() => Date.now() - last > seconds * 1000 && leave(), 10 * 1000);
}

function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

document.querySelectorAll("[data-copy]").forEach(offerCopy);
document.querySelectorAll("[data-print]").forEach(offerPrint);
const live = document.getElementById("live");
if (live) {
  setInterval(refresh, Number(live.dataset.refreshSeconds) * 1000, live);
  hearNews(live);
}
const present = document.getElementById("present");
if (present) stayPresent(present);
const idle = Number(document.body.dataset.idleSeconds);
if (idle) watchIdle(idle);
