// What a patient sends, each with an id of its own: typed, chosen from the open question, or tapped at any point.

import { newId } from "./kept.js";

const LASTING = ["control.talk_to_person", "control.book_exam"]; // these mean the same in a new session

/** Words; those of a form answer the question that it stands for. */
export const typed = (text, asked) => ({ message: { id: newId(), text }, asked });

/** The answer to a question: one choice, or several where it takes several. */
export function chosen(reply, ids) {
  const answer = reply.multiple ? { choices: ids } : { choice: ids[0] };
  return { message: { id: newId(), ...answer, in_reply_to: reply.id }, asked: reply };
}

/** A choice that answers no question: a control, or a correction of a reply. */
export const tapped = (choice, reply) => ({ message: { id: newId(), choice, ...(reply && { in_reply_to: reply.id }) }, asked: null });

/** Whether it still makes sense in a session that knows nothing of the last one. */
export const makesSenseAnew = ({ message }) => message.text || LASTING.includes(message.choice);

/** The words for a message that the server will never take. */
export function refusalOf({ message, asked }, status) {
  if (status === 413) return "refusedLong";
  if (status === 422) return "refusedText";
  if (message.text) return "refused";
  return asked ? "stale" : "refusedTap";
}
