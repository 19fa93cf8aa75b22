// What the server has told. It tells the whole state once, then every change; after a lost connection
// the browser says which event it saw last, and gets the rest.

export const chats = new Map();
export const unread = new Map();
export const wire = new Map();
export const about = { bot: "", username: "", model: "", isStandIn: false, staff: [] };
/** How many messages of a topic have not been read, by `topicKey`. */
export const unreadTopics = new Map();
export const topicKey = (chat, thread) => `${chat}:${thread ?? 0}`;
/** Whether operators work in a chat: one of theirs, or the private chat of one of them. */
export const isStaff = id => about.staff.some(staff => staff === id || chats.get(staff)?.people.some(p => p.id === id));
/** Whether a message stands in a topic; null is the General topic of a forum. */
export const isIn = (message, thread) => (message.thread ?? null) === thread;

const listeners = { reset: [], change: [], online: [], failed: [] };
let source = null;
let lastEvent = 0;

/** @param {"reset"|"change"|"online"|"failed"} kind */
export const on = (kind, listener) => listeners[kind].push(listener);
const tell = (kind, ...values) => { for (const listener of listeners[kind]) listener(...values); };

/** Whether a chat shows that the bot is busy. */
export const isBusy = chat => chat.drafts.length > 0 || chat.typingUntil > Date.now();

async function post(path, body, type) {
  try {
    const answer = await fetch(path, { method: "POST", headers: { "Content-Type": type }, body });
    if (answer.ok) return true;
    tell("failed", answer.status === 409 ? (await answer.json()).error : String(answer.status));
  } catch {
    tell("failed", null);
  }
  return false;
}

/** Something that a person does; true when it was done. */
export const act = action => post("/api/actions", JSON.stringify(action), "application/json");

/** A medium that a person sends; `bytes` is a Blob. */
export const sendMedia = (query, bytes) =>
  post("/api/media?" + new URLSearchParams(query), bytes, bytes.type || "application/octet-stream");

export const commands = async query => (await fetch("/api/commands?" + new URLSearchParams(query))).json();
export const wireDetail = async id => {
  const answer = await fetch("/api/wire/" + id);
  return answer.ok ? answer.json() : null;
};

const changes = {
  message(chat, value) {
    // After a lost connection something may be told a second time.
    if (chat.messages.some(m => m.id === value.id)) return;
    chat.messages.push(value);
    if (value.from.isBot) chat.typingUntil = 0;
  },
  edited(chat, value) {
    const index = chat.messages.findIndex(m => m.id === value.id);
    if (index >= 0) chat.messages[index] = value;
  },
  deleted(chat, _, detail) {
    const message = chat.messages.find(m => m.id === detail.message);
    if (message) message.isDeleted = true;
  },
  draft(chat, value) {
    chat.drafts = [...chat.drafts.filter(d => d.thread !== value.thread), value];
    chat.typingUntil = 0;
    expire(chat.id, value.expires);
  },
  draftGone(chat, _, detail) { chat.drafts = chat.drafts.filter(d => d.id !== detail.draft); },
  typing(chat, _, detail) { chat.typingUntil = detail.until; expire(chat.id, detail.until); },
  keyboard(chat, value) { chat.keyboard = value ?? null; },
  notice() {},
};

function apply(event) {
  const [kind, detail] = Object.entries(event.change)[0];
  const value = detail._0;
  if (kind === "wire") wire.set(value.id, value);
  else if (kind === "chat") {
    chats.set(event.chat, { ...value, messages: chats.get(event.chat)?.messages || value.messages });
  } else if (chats.has(event.chat)) changes[kind]?.(chats.get(event.chat), value, detail);
  else return;
  tell("change", kind, event.chat, value ?? detail);
}

/** Drafts and the typing sign end by themselves. */
function expire(id, until) {
  setTimeout(() => {
    const chat = chats.get(id);
    if (!chat) return;
    chat.drafts = chat.drafts.filter(d => d.expires > Date.now());
    tell("change", "expired", id, null);
  }, Math.max(0, until - Date.now()) + 50);
}

async function load() {
  const state = await (await fetch("/api/state")).json();
  Object.assign(about, state.about);
  lastEvent = state.lastEvent;
  chats.clear();
  wire.clear();
  for (const chat of state.chats) chats.set(chat.id, chat);
  for (const entry of state.wire) wire.set(entry.id, entry);
  tell("reset");
  tell("online", true);
  listen();
}

function listen() {
  source?.close();
  source = new EventSource("/events?after=" + lastEvent);
  source.onopen = () => tell("online", true);
  source.onmessage = message => {
    const event = JSON.parse(message.data);
    if (event.reload) { start(); return; }
    lastEvent = event.id;
    apply(event);
  };
  source.onerror = () => {
    tell("online", false);
    // The browser tries again by itself, unless it has given up: the server was restarted.
    if (source.readyState === EventSource.CLOSED) setTimeout(start, 2000);
  };
}

export function start() {
  load().catch(() => { tell("online", false); setTimeout(start, 2000); });
}
