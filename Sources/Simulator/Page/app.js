// A messenger for the simulated people. The server tells the whole state once, then every change.
import { say, time, translate } from "/words.js";
import { make, content, summary } from "/format.js";

const $ = id => document.getElementById(id);
const chats = new Map();
const unread = new Map();
const nodes = new Map();
let about = { bot: "", username: "" };
let current = null;
let reply = null;
let source = null;
let lastEvent = 0;

const hue = id => Math.abs(Number(id)) * 137 % 360;
const paint = (element, chat) => {
  element.textContent = [...chat.title][0] || "?";
  element.style.setProperty("--hue", hue(chat.id));
};
const chat = () => chats.get(current);
const isAtEnd = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < 80;
const toEnd = () => { $("scroll").scrollTop = $("scroll").scrollHeight; };

async function act(action) {
  try {
    const answer = await fetch("/api/actions", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(action),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return true;
  } catch {
    notify(say.failed);
    return false;
  }
}

let noticeTimer = 0;
function notify(text) {
  $("notice").textContent = text;
  $("notice").hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { $("notice").hidden = true; }, 4000);
}

// The list of chats.

function drawList() {
  const items = [...chats.values()].filter(c => !c.migratedTo).map(c => {
    const last = c.messages.at(-1);
    const busy = c.drafts.length > 0 || c.typingUntil > Date.now();
    const waiting = unread.get(c.id) || 0;
    const face = make("span", { class: "avatar", "aria-hidden": "true" });
    paint(face, c);
    const button = make("button", {
      type: "button", class: "chat", "aria-current": c.id === current ? "true" : null,
      onclick: () => open(c.id, true),
    }, face,
      make("span", { class: "line" },
        make("span", { class: "name" }, c.title),
        make("span", { class: "when" }, last ? time.format(last.date * 1000) : "")),
      make("span", { class: "line" },
        make("span", { class: busy ? "last busy" : "last" }, busy ? say.typing : last ? summary(last) : say.nothing),
        waiting ? make("span", { class: "badge" }, String(waiting)) : null));
    return make("li", {}, button);
  });
  const focused = document.activeElement?.closest?.("#chats li");
  const position = focused ? [...$("chats").children].indexOf(focused) : -1;
  $("chats").replaceChildren(...items);
  if (position >= 0) items[position]?.firstChild.focus();
}

// One chat.

function open(id, byHand) {
  current = id;
  unread.delete(id);
  setReply(null);
  document.body.classList.add("in-room");
  drawList();
  drawRoom();
  if (byHand) $("input").focus({ preventScroll: true });
}

function drawRoom() {
  const c = chat();
  if (!c) return;
  paint($("avatar"), c);
  $("title").textContent = c.title;
  $("sender-box").hidden = c.kind === "private";
  const chosen = $("sender").value;
  $("sender").replaceChildren(...c.people.map(p => make("option", { value: p.id }, p.name)));
  if (c.people.some(p => String(p.id) === chosen)) $("sender").value = chosen;
  drawLog();
  drawDrafts();
  drawKeyboard();
  drawStatus();
  toEnd();
}

function drawLog() {
  const c = chat();
  nodes.clear();
  $("log").replaceChildren();
  if (c.messages.length === 0) $("log").append(welcome(c));
  for (const message of c.messages) addMessage(c, message);
}

function welcome(c) {
  const isGroup = c.kind !== "private";
  const prompts = isGroup ? [`@${about.username} ${say.tryOut[0]}`, `@${about.username} ${say.tryOut[1]}`] : say.tryOut;
  return make("div", { class: "welcome" },
    make("p", {}, isGroup ? say.emptyGroup(about.username) : say.empty),
    make("p", { class: "tries" }, ...prompts.map(text => make("button", { type: "button", onclick: () => write(text) }, text))));
}

function drawStatus() {
  const c = chat();
  if (!c) return;
  const kind = c.kind === "private" ? say.person : `${say.group} · ${[...c.people.map(p => p.name), about.bot].join(", ")}`;
  const busy = c.drafts.length ? say.draft : c.typingUntil > Date.now() ? say.typing : null;
  $("status").textContent = c.isBlocked ? say.blocked : busy ? `${about.bot} ${busy}` : kind;
  $("status").classList.toggle("busy", Boolean(busy));
}

function bubble(c, message) {
  const isOwn = message.from.id === person();
  if (message.service) return make("div", { class: "service" }, say.services[message.service] || message.service);
  const isGroup = c.kind !== "private";
  const original = message.replyTo && c.messages.find(m => m.id === message.replyTo);
  const name = isGroup || message.from.isBot
    ? make("span", { class: "from" }, message.from.name, message.from.isBot ? make("span", { class: "tag" }, say.bot) : null) : null;
  if (name) name.style.setProperty("--hue", hue(message.from.id));
  const quote = original ? make("div", { class: "quoted" }, make("b", {}, original.from.name), make("span", {}, summary(original))) : null;
  const media = message.media ? make("p", { class: "media" }, say[message.media]) : null;
  const answer = make("button", { type: "button", class: "answer", onclick: () => { setReply(message); $("input").focus(); } }, say.reply);
  const body = message.isDeleted ? make("em", {}, say.deleted) : content(message);
  const stamp = make("time", { datetime: new Date(message.date * 1000).toISOString() }, time.format(message.date * 1000));
  const foot = make("span", { class: "foot" }, isGroup ? answer : null, message.editDate ? make("span", {}, say.edited) : null, stamp);
  const item = make("div", { class: isOwn ? "bubble own" : "bubble" }, name, quote, media, body, foot);
  if (!message.buttons || message.isDeleted) return item;
  const rows = message.buttons.map(row => make("div", { class: "row" }, ...row.map(button => make("button", {
    type: "button", disabled: !button.callback_data,
    onclick: () => act({ action: "press", from: person(), chat: c.id, message: message.id, data: button.callback_data }),
  }, button.text))));
  return make("div", { class: "with-buttons" }, item, make("div", { class: "inline" }, ...rows));
}

function addMessage(c, message) {
  const node = bubble(c, message);
  const old = nodes.get(message.id);
  if (old) old.replaceWith(node);
  else {
    $("log").querySelector(".welcome")?.remove();
    $("log").append(node);
  }
  nodes.set(message.id, node);
}

function drawDrafts() {
  const c = chat();
  const shown = new Map([...$("drafts").children].map(node => [node.dataset.draft, node]));
  const list = (c?.drafts || []).map(draft => {
    const body = draft.text || draft.blocks ? content(draft) : make("p", { class: "thinking" }, say.thinking);
    body.classList.add("body");
    const old = shown.get(String(draft.id));
    const stop = draft.canStop ? make("button", {
      type: "button", class: "stop", onclick: () => act({ action: "stop", chat: c.id, draft: draft.id }),
    }, make("span", { "aria-hidden": "true" }, "■ "), say.stop) : null;
    if (old) {
      // The button stays the same element, so that a press between two drafts is not lost.
      old.querySelector(".body").replaceWith(body);
      if (!stop) old.querySelector(".stop")?.remove();
      return old;
    }
    return make("div", { class: "bubble draft", "data-draft": draft.id },
      make("span", { class: "from" }, about.bot, make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"))), body, stop);
  });
  if (list.length === 0 && c && c.typingUntil > Date.now()) {
    list.push(make("div", { class: "bubble draft" }, make("span", { class: "from" }, about.bot), make("span", { class: "dots" }, make("i"), make("i"), make("i"))));
  }
  if (list.length !== $("drafts").children.length || list.some((node, i) => node !== $("drafts").children[i])) $("drafts").replaceChildren(...list);
}

function drawKeyboard() {
  const rows = chat()?.keyboard;
  $("keyboard").hidden = !rows || rows.length === 0;
  $("keyboard").replaceChildren(...(rows || []).map(row => make("div", { class: "row" },
    ...row.map(text => make("button", { type: "button", onclick: () => write(text) }, text)))));
}

// Writing.

const person = () => chat().kind === "private" ? chat().id : Number($("sender").value);

function setReply(message) {
  reply = message;
  $("reply").hidden = !message;
  $("reply-text").textContent = message ? `${message.from.name}: ${summary(message)}` : "";
}

async function write(text) {
  const sent = await act({ action: "post", from: person(), chat: current, text, message: reply?.id });
  if (sent) setReply(null);
  return sent;
}

async function submit() {
  const text = $("input").value.trim();
  if (!text || !chat()) return;
  $("input").value = "";
  grow();
  if (!await write(text)) $("input").value = text;
}

function grow() {
  $("input").rows = Math.min(6, Math.max(1, $("input").value.split("\n").length));
}

// What the server tells.

function apply(event) {
  const [kind, detail] = Object.entries(event.change)[0];
  const value = detail._0;
  if (kind === "chat") {
    const known = chats.get(event.chat);
    chats.set(event.chat, { ...value, messages: known?.messages || value.messages });
    drawList();
    if (event.chat === current) drawRoom();
    return;
  }
  const c = chats.get(event.chat);
  if (!c) return;
  const isShown = event.chat === current;
  const follow = isShown && isAtEnd();
  switch (kind) {
    case "message":
      c.messages.push(value);
      if (isShown) addMessage(c, value);
      else if (value.from.isBot) unread.set(c.id, (unread.get(c.id) || 0) + 1);
      if (value.from.isBot) c.typingUntil = 0;
      break;
    case "edited": {
      const index = c.messages.findIndex(m => m.id === value.id);
      if (index >= 0) c.messages[index] = value;
      if (isShown) addMessage(c, value);
      break;
    }
    case "deleted": {
      const message = c.messages.find(m => m.id === detail.message);
      if (message) { message.isDeleted = true; if (isShown) addMessage(c, message); }
      break;
    }
    case "draft":
      c.drafts = [...c.drafts.filter(d => d.thread !== value.thread), value];
      c.typingUntil = 0;
      later(value.expires);
      break;
    case "draftGone": c.drafts = c.drafts.filter(d => d.id !== detail.draft); break;
    case "typing": c.typingUntil = detail.until; later(detail.until); break;
    case "keyboard": c.keyboard = value ?? null; if (isShown) drawKeyboard(); break;
    case "notice": if (isShown) notify(detail.text); break;
  }
  if (isShown) {
    drawDrafts();
    drawStatus();
    if (follow || (kind === "message" && !value.from.isBot)) toEnd();
    else $("down").hidden = isAtEnd();
  }
  drawList();
}

/** Drafts and the typing sign end by themselves. */
function later(until) {
  setTimeout(() => {
    for (const c of chats.values()) c.drafts = c.drafts.filter(d => d.expires > Date.now());
    drawDrafts();
    drawStatus();
    drawList();
  }, Math.max(0, until - Date.now()) + 50);
}

async function load() {
  const state = await (await fetch("/api/state")).json();
  about = state.about;
  lastEvent = state.lastEvent;
  chats.clear();
  for (const c of state.chats) chats.set(c.id, c);
  banner(true);
  $("about").textContent = say.model(about.model);
  if (!chats.has(current)) current = state.chats[0]?.id ?? null;
  drawList();
  drawRoom();
  listen();
}

function banner(isOnline) {
  $("banner").hidden = isOnline && !about.isStandIn;
  $("banner").textContent = isOnline ? say.standIn : say.offline;
  $("banner").classList.toggle("offline", !isOnline);
}

function listen() {
  source?.close();
  source = new EventSource(`/events?after=${lastEvent}`);
  source.onopen = () => banner(true);
  source.onmessage = message => {
    const event = JSON.parse(message.data);
    if (event.reload) { load(); return; }
    lastEvent = event.id;
    apply(event);
  };
  source.onerror = () => {
    banner(false);
    // A browser that has given up (the server was restarted) reads everything anew.
    if (source.readyState === EventSource.CLOSED) setTimeout(start, 2000);
  };
}

function start() {
  load().catch(() => { banner(false); setTimeout(start, 2000); });
}

$("form").addEventListener("submit", event => { event.preventDefault(); submit(); });
$("input").addEventListener("input", grow);
$("input").addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  if (event.key === "Escape") setReply(null);
});
$("sender").addEventListener("change", drawLog);
$("unreply").addEventListener("click", () => setReply(null));
$("back").addEventListener("click", () => {
  document.body.classList.remove("in-room");
  $("chats").querySelector("[aria-current]")?.focus();
});
$("down").addEventListener("click", toEnd);
$("scroll").addEventListener("scroll", () => { $("down").hidden = isAtEnd(); });
translate(document);
$("input").placeholder = say.placeholder;
start();
