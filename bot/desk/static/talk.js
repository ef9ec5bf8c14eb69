// The chat on the inquiry page: what the patient writes appears by itself, and what staff write is sent without a reload.

const QUIET = { "X-Desk-Quiet": "1" };
const NOT_SENT = "Not sent: the desk cannot be reached. What you wrote is still here. Press Send to try again.";
const talk = document.getElementById("talk");
const write = () => document.getElementById("talk-write");
let source = null;

/** Listen while the page is seen; a browser has few connections, and a hidden page needs none. */
function listen() {
  source?.close();
  source = null;
  if (document.hidden) return;
  source = new EventSource(talk.dataset.events);
  source.addEventListener("talk", (event) => event.data !== talk.dataset.mark && refresh());
}

async function refresh() {
  const answer = await fetch(talk.dataset.address, { headers: QUIET, credentials: "same-origin" }).catch(() => null);
  if (answer?.ok && !answer.redirected) show(await pageOf(answer));
}

async function pageOf(answer) {
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Put what is new on the page; a box with something typed in it stays as it is. */
function show(page) {
  const fresh = page.getElementById("talk");
  if (!fresh) return;
  talk.dataset.mark = fresh.dataset.mark;
  for (const old of document.querySelectorAll("[data-fresh]")) {
    const other = page.getElementById(old.id);
    if (other) renew(old, other);
  }
  const other = page.getElementById("talk-write");
  const typed = document.getElementById("talk-text")?.value.trim();
  if (other && other.dataset.mine !== write().dataset.mine && !typed) write().replaceWith(other);
}

function renew(old, other) {
  if (old.dataset.fresh === "lines") return addLines(old.firstElementChild, other.firstElementChild);
  if (old.innerHTML === other.innerHTML || old.contains(document.activeElement)) return;
  if (old.dataset.fresh === "whole") old.replaceWith(other);
  else old.replaceChildren(...other.childNodes);
}

/** New lines are added, so that a screen reader reads only them; anything else is put up anew. */
function addLines(old, other) {
  const known = old.children.length;
  const same = other.children[known - 1]?.textContent === old.lastElementChild?.textContent;
  const added = [...other.children].slice(known);
  if (same) old.append(...added);
  else old.replaceChildren(...other.children);
  if (added.length || !same) toEnd();
}

function toEnd() {
  const lines = document.getElementById("talk-lines");
  lines.scrollTop = lines.scrollHeight;
}

async function send(form) {
  const button = form.querySelector("[data-send]");
  const trouble = document.getElementById("talk-trouble");
  button.disabled = true;
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
  const page = answer ? await pageOf(answer) : null;
  button.disabled = false;
  if (!page?.getElementById("talk")) return (trouble.textContent = NOT_SENT);
  const sent = answer.ok;
  if (sent) form.elements.text.value = "";
  show(page);
  const other = page.getElementById("talk-write");
  if (!sent) return write().replaceWith(other);
  form.elements.form.value = other.querySelector("[name=form]")?.value ?? form.elements.form.value;
  trouble.textContent = "";
  form.elements.text.removeAttribute("aria-invalid");
  form.elements.text.focus();
}

/** A ready reply goes where the cursor is. */
function insert(form) {
  const { text, canned } = form.elements;
  const chosen = canned.selectedOptions[0]?.dataset.text ?? "";
  text.setRangeText(chosen, text.selectionStart, text.selectionEnd, "end");
  text.focus();
}

talk.addEventListener("submit", (event) => {
  if (event.target.id !== "talk-form") return;
  event.preventDefault();
  if (event.submitter?.hasAttribute("data-insert")) insert(event.target);
  else send(event.target);
});
talk.addEventListener("keydown", (event) => {
  if (event.target.id !== "talk-text" || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.target.form.requestSubmit(event.target.form.querySelector("[data-send]"));
});
document.addEventListener("visibilitychange", listen);
talk.classList.add("scrolls-lines");
toEnd();
listen();
