// The chat API as calls; an answer is its status and body, and a server that cannot be reached is status 0.

const PATIENCE = 20_000;

/** Open a session. */
export const openSession = (language) => ask("POST", "/sessions", { body: { channel: "web", language } });

/** Send one message; the same id may be sent again. */
export const sendMessage = (token, body) => ask("POST", "/messages", { token, body });

/** All that was said so far, the open question, and the number of the last reply. */
export const readTranscript = (token) => ask("GET", "/transcript", { token });

/** A code that opens this conversation once on another device. */
export const makeCode = (token) => ask("POST", "/codes", { token });

/** The conversation that such a code opens. */
export const openByCode = (code) => ask("POST", "/resume", { body: { code } });

/** The address of a page with the summary. */
export const makeSummaryLink = (token) => ask("POST", "/summary/link", { token });

/** Have the link sent by e-mail. */
export const mailSummary = (token, to) => ask("POST", "/summary/mail", { token, body: { to } });

/** The summary as a file: "text" or "pdf". */
export const readSummary = (token, format) => ask("GET", `/summary?format=${format}`, { token, read: (answer) => answer.blob() });

/** The open stream of later replies, after the event with this number; null when it could not be opened. */
export async function openEvents(token, after, signal) {
  const headers = { Authorization: `Bearer ${token}`, Accept: "text/event-stream" };
  if (after !== null) headers["Last-Event-ID"] = String(after);
  const response = await fetch("/api/chat/events", { headers, signal, cache: "no-store" });
  return { status: response.status, stream: response.ok ? response.body : null };
}

/** The words for a call that did not work. */
export const faultOf = (status) => ({ 0: "notReached", 401: "ended", 429: "slowLater" })[status] ?? "failedNow";

async function ask(method, path, { token, body, read = readJson }) {
  try {
    const response = await fetch(`/api/chat${path}`, {
      method,
      headers: { ...(body && { "Content-Type": "application/json" }), ...(token && { Authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, body: await read(response), wait: seconds(response) };
  } catch {
    return { status: 0, body: {}, wait: null };
  }
}

/** The JSON of an answer; a proxy's error page is no JSON and counts as empty. A cut connection is thrown. */
async function readJson(response) {
  const text = await response.text();
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function seconds(response) {
  const value = Number(response.headers.get("Retry-After"));
  return Number.isFinite(value) && value > 0 ? Math.min(value, 120) : null;
}
