// The chat API as three calls; an answer is its status and body, and a server that cannot be reached is status 0.

const PATIENCE = 20_000;

/** Open a session. */
export const openSession = (language) => post("/api/chat/sessions", { channel: "web", language });

/** Send one message; the same id may be sent again. */
export const sendMessage = (token, message) => post("/api/chat/messages", message, { Authorization: `Bearer ${token}` });

/** The open stream of later replies, after the event with this number; null when it could not be opened. */
export async function openEvents(token, after, signal) {
  const headers = { Authorization: `Bearer ${token}`, Accept: "text/event-stream" };
  if (after !== null) headers["Last-Event-ID"] = String(after);
  const response = await fetch("/api/chat/events", { headers, signal, cache: "no-store" });
  return { status: response.status, stream: response.ok ? response.body : null };
}

async function post(path, body, headers = {}) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, body: await read(response), wait: seconds(response) };
  } catch {
    return { status: 0, body: {}, wait: null };
  }
}

/** The JSON of an answer; a proxy's error page is no JSON and counts as empty. A cut connection is thrown. */
async function read(response) {
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
