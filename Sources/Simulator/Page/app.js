// The page as a whole: which chats are open, what the head's buttons do, what the banner says.
import { icon } from "/dom.js";
import { addPerson, drawList } from "/list.js";
import { Pane } from "/pane.js";
import { drawSides } from "/rooms.js";
import { about, chats, isStaff, on, start, topicKey, unread, unreadTopics } from "/store.js";
import * as wire from "/wire.js";
import { language, remember, say, translate } from "/words.js";

const $ = id => document.getElementById(id);
const panes = [];
const narrow = matchMedia("(max-width: 720px)");
let current = null;
let wanted = [];
// The client whose side the tabs lead back to.
let client = null;

// Open chats. Side by side, as many as there is room for.

const capacity = () => narrow.matches ? 1 : Math.max(1, Math.min(3, Math.floor($("panes").clientWidth / 370)));

function list() {
  if (current !== null && !isStaff(current)) client = current;
  drawSides(client ?? [...chats.keys()].find(id => !isStaff(id)), current, choose);
  drawList(new Set(panes.map(p => p.id)), narrow.matches && !document.body.classList.contains("in-room") ? null : current, capacity() > 1, choose);
}

function choose(id, isBeside) {
  open(id, isBeside);
  if (narrow.matches) history.pushState({ room: id }, "");
  document.body.classList.add("in-room");
  markRead(id);
  panes.find(p => p.id === id).enter();
}

function open(id, isBeside) {
  if (!panes.some(p => p.id === id)) {
    const shown = panes.map(p => p.id);
    if (isBeside && shown.length < capacity()) wanted = [...shown, id];
    else wanted = shown.includes(current) ? shown.map(other => other === current ? id : other) : [id];
    current = id;
    arrange();
  }
  current = id;
  mark();
}

function close(id) {
  const place = panes.findIndex(p => p.id === id);
  wanted = panes.map(p => p.id).filter(other => other !== id);
  if (current === id) current = wanted[Math.max(0, place - 1)] ?? null;
  arrange();
  panes.find(p => p.id === current)?.focus();
}

/** Makes the open panes the wanted ones, as many as fit; those that stay are left alone. */
function arrange() {
  const room = capacity();
  let fit = wanted.filter(id => chats.has(id)).slice(0, room);
  if (current !== null && wanted.includes(current) && !fit.includes(current)) fit = [...fit.slice(0, room - 1), current];
  for (const pane of [...panes]) if (!fit.includes(pane.id)) { panes.splice(panes.indexOf(pane), 1); pane.end(); }
  fit.forEach((id, at) => {
    let pane = panes.find(p => p.id === id);
    if (!pane) {
      pane = new Pane(id, { close, back, wire: chat => wire.show(true, chat), read: markRead });
      pane.node.addEventListener("focusin", () => { if (current !== id) { current = id; mark(); } });
      panes.push(pane);
      place(pane, at);
      pane.draw();
    } else if ($("panes").children[at] !== pane.node) place(pane, at);
  });
  panes.sort((a, b) => fit.indexOf(a.id) - fit.indexOf(b.id));
  document.body.classList.toggle("one-pane", panes.length < 2);
  $("empty").hidden = panes.length > 0;
  mark();
}

function place(pane, at) { $("panes").insertBefore(pane.node, $("panes").children[at] ?? $("empty")); }

function mark() {
  for (const pane of panes) pane.node.classList.toggle("current", pane.id === current);
  list();
}

function back() {
  document.body.classList.remove("in-room");
  list();
  document.querySelector(`#chats [data-chat="${current}"]`)?.focus();
}

const isSeen = (id, thread) => !document.hidden && (!narrow.matches || document.body.classList.contains("in-room"))
  && panes.some(p => p.id === id && p.isAtEnd && p.isTalking() && (!chats.get(id).isForum || p.thread === thread));

/** The topics of a forum are counted one by one, and the forum as their sum. */
function countTopics(id) {
  const sum = [...unreadTopics].reduce((total, [key, count]) => key.startsWith(id + ":") ? total + count : total, 0);
  if (sum) unread.set(id, sum); else unread.delete(id);
}

function markRead(id) {
  const pane = panes.find(p => p.id === id);
  if (!isSeen(id, pane?.thread) || !unread.has(id)) return;
  if (chats.get(id).isForum) {
    unreadTopics.delete(topicKey(id, pane.thread));
    countTopics(id);
    pane.topics.draw();
  } else unread.delete(id);
  list();
}

function countUnread(id, message) {
  if (!message.from.isBot || message.service || isSeen(id, message.thread ?? null)) return;
  if (!chats.get(id).isForum) { unread.set(id, (unread.get(id) || 0) + 1); return; }
  const key = topicKey(id, message.thread);
  unreadTopics.set(key, (unreadTopics.get(key) || 0) + 1);
  countTopics(id);
  panes.find(p => p.id === id)?.topics.draw();
}

/** What is open in the beginning: a client, and the operators beside them. */
function beginning() {
  const all = [...chats.values()].filter(c => !c.migratedTo);
  const staff = all.filter(c => about.staff.includes(c.id));
  const clients = all.filter(c => !isStaff(c.id));
  return (staff.length ? [...clients.slice(0, 1), ...staff.reverse(), ...clients.slice(1)] : all).slice(0, capacity()).map(c => c.id);
}

// What the server tells.

on("reset", () => {
  $("about").textContent = about.model ? say.model(about.model) : "";
  for (const pane of panes.splice(0)) pane.end();
  wanted = wanted.filter(id => chats.has(id));
  if (wanted.length === 0) wanted = beginning();
  if (!chats.has(current)) current = wanted[0] ?? null;
  arrange();
  wire.chatsChanged();
});

on("change", (kind, id, value) => {
  if (kind === "wire") { wire.changed(value); return; }
  const pane = panes.find(p => p.id === id);
  if (kind === "chat") {
    pane?.draw();
    wire.chatsChanged();
  } else pane?.changed(kind, value);
  if (kind === "message") countUnread(id, value);
  // A topic that was deleted leaves nothing to read.
  if (kind === "chat" && value.isForum) {
    const known = new Set([0, ...value.topics.map(t => t.id)].map(thread => topicKey(id, thread)));
    for (const key of unreadTopics.keys()) if (key.startsWith(id + ":") && !known.has(key)) unreadTopics.delete(key);
    countTopics(id);
  }
  if (kind === "notice" && pane) notify(chats.get(id).kind === "private" ? value.text : `${chats.get(id).people.find(p => p.id === value.person)?.name ?? ""}: ${value.text}`);
  list();
});

on("online", isOnline => {
  $("banner").hidden = isOnline && (!about.isStandIn || sessionStorage.getItem("banner") === "closed");
  $("banner-text").textContent = isOnline ? say.standIn : say.offline;
  $("banner").classList.toggle("offline", !isOnline);
  $("banner-close").hidden = !isOnline;
});

on("failed", reason => notify(reason ? `${say.failed} (${say.reasons[reason] || reason})` : say.unreachable));

let noticeTimer = 0;
function notify(text) {
  $("notice").textContent = text;
  $("notice").hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { $("notice").hidden = true; }, 5000);
}

// The head's buttons.

const themes = { system: "system", light: "sun", dark: "moon" };

function drawTheme() {
  const theme = document.documentElement.dataset.theme || "system";
  $("theme").replaceChildren(icon(themes[theme]));
  const label = `${say.theme}: ${say.themes[theme]}`;
  $("theme").setAttribute("aria-label", label);
  $("theme").title = label;
}

$("theme").addEventListener("click", () => {
  const names = Object.keys(themes);
  const next = names[(names.indexOf(document.documentElement.dataset.theme || "system") + 1) % names.length];
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  remember("theme", next);
  drawTheme();
});
$("language").addEventListener("click", () => { remember("language", language === "ru" ? "en" : "ru"); location.reload(); });
$("add").addEventListener("click", () => addPerson(language));
$("wire-button").addEventListener("click", () => wire.show(!wire.isShown()));
$("banner-close").addEventListener("click", () => { sessionStorage.setItem("banner", "closed"); $("banner").hidden = true; });
$("skip").addEventListener("click", event => { event.preventDefault(); document.body.classList.add("in-room"); panes.find(p => p.id === current)?.focus(); });
addEventListener("popstate", () => { if (narrow.matches) back(); });
document.addEventListener("visibilitychange", () => { for (const pane of panes) markRead(pane.id); });
// Chats that had to make room (for the drawer, in a narrow window) come back when there is room again.
let room = 0;
new ResizeObserver(() => {
  if (capacity() === room) return;
  room = capacity();
  arrange();
}).observe($("panes"));

$("add").append(icon("person"));
$("wire-button").append(icon("wire"));
$("banner-close").append(icon("close"));
translate(document);
drawTheme();
start();
