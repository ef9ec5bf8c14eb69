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
  document.title = page.title;
  if (focused) live.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
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
if (live) setInterval(refresh, Number(live.dataset.refreshSeconds) * 1000, live);
const idle = Number(document.body.dataset.idleSeconds);
if (idle) watchIdle(idle);
