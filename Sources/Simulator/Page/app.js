// The page as a whole: which chats are open, what the head's buttons do, what the banner says.
import { icon } from "/dom.js";
import { addPerson, drawList } from "/list.js";
import { Pane } from "/pane.js";
import { about, chats, on, start, unread } from "/store.js";
import * as wire from "/wire.js";
import { language, remember, say, translate } from "/words.js";

const $ = id => document.getElementById(id);
const panes = [];
const narrow = matchMedia("(max-width: 720px)");
let current = null;
let wanted = [];

// Open chats. Side by side, as many as there is room for.

const capacity = () => narrow.matches ? 1 : Math.max(1, Math.min(3, Math.floor($("panes").clientWidth / 370)));

function list() {
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
  [...document.querySelectorAll("#chats .chat")].at(Math.max(0, [...chats.keys()].indexOf(current)))?.focus();
}

const isSeen = id => !document.hidden && panes.some(p => p.id === id && p.isAtEnd)
  && (!narrow.matches || document.body.classList.contains("in-room"));

function markRead(id) {
  if (isSeen(id) && unread.delete(id)) list();
}

// What the server tells.

on("reset", () => {
  $("about").textContent = about.model ? say.model(about.model) : "";
  for (const pane of panes.splice(0)) pane.end();
  wanted = wanted.filter(id => chats.has(id));
  if (wanted.length === 0) wanted = [...chats.values()].filter(c => !c.migratedTo).slice(0, capacity()).map(c => c.id);
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
  if (kind === "message" && value.from.isBot && !isSeen(id)) unread.set(id, (unread.get(id) || 0) + 1);
  if (kind === "notice" && pane) notify(value.text);
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
