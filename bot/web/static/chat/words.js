// What the chat itself says, by language; everything clinical comes from the server.

const EN = {
  type: "Type your message",
  typeHere: "Type here, or tap an answer",
  send: "Send",
  sendAnswer: "Send answer",
  close: "Close the chat",
  conversation: "Conversation",
  answers: "Conversation and answers",
  stillWriting: "Still working on an answer.",
  you: "You",
  assistant: "Assistant",
  staff: "Clinic staff",
  urgent: "Please read this now",
  result: "Your summary",
  resultNote: "A count, not a test",
  booking: "Appointment request",
  call: "Call {number}",
  tickOne: "Tick what fits first, or type an answer below.",
  name: "Name",
  phone: "Phone",
  email: "E-mail (instead of phone, if you like)",
  contactMissing: "Please fill in a phone number or an e-mail address.",
  charactersLeft: "{count} characters left",
  tooLong: "{count} characters too many. Please shorten it, or send it in parts.",
  notSent: "Not sent yet",
  sendNow: "Try again now",
  sending: "Sending",
  offline: "You are offline. What you write is kept on this device and sent when you are back online.",
  offlineCall: "If this can’t wait, call {emergency}.",
  notOpened: "The chat can’t reach the clinic just now. It keeps trying, and what you write is kept until then.",
  slowDown: "That was a little fast. Your message is sent again in {seconds} s.",
  busy: "The clinic’s computer can’t answer just now. What you write is kept, and sent again by itself.",
  stale: "That question was already closed, so this answer was not sent. Please answer the newest question.",
  refusedLong: "This message is too long, so it was not sent. Please send it in parts.",
  refusedText: "This message could not be read, so it was not sent. Please write it in other words.",
  refused: "This message was not accepted. Please write it again, or call us at {clinic}.",
  renewed: "Your earlier chat has ended. A new one starts here.",
  renewedResent: "Your earlier chat has ended. A new one starts here, and your message is sent in it.",
  startAgain: "Start a new chat",
  clear: "Clear this chat from this device",
  clearSure: "Everything shown here disappears from this device. What our team has received stays with them.",
  clearYes: "Yes, clear it",
  clearNo: "Keep it",
  foot: "Automated, not watched live. Emergency: call {emergency}.",
  emergency: "your local emergency number",
};

const LANGUAGES = { en: EN };

/** The words of a language, English where there are none; `say("call", { number })` fills a placeholder. */
export function wordsFor(language, facts = {}) {
  const words = LANGUAGES[language.split("-")[0].toLowerCase()] ?? EN;
  return (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? facts[name] ?? words[name] ?? whole);
}
