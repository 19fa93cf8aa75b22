// The drawer that shows what goes over the wire.
import { icon, iconButton, make } from "/dom.js";
import { chats, wire, wireDetail } from "/store.js";
import { clock, number, say } from "/words.js";

const drawer = document.getElementById("wire");
const kinds = { update: true, call: true, draft: true, model: true };
const rows = new Map();
let chosenChat = "";
let words = "";
let opener = null;

const kindOf = entry => /Draft$|^sendChatAction$/.test(entry.name) ? "draft" : entry.kind;
const matches = entry => kinds[kindOf(entry)]
  && (!chosenChat || !entry.chat || String(entry.chat) === chosenChat)
  && (!words || `${entry.name} ${chats.get(entry.chat)?.title ?? ""} ${entry.status ?? ""}`.toLowerCase().includes(words));

const list = make("ol", { class: "entries", tabindex: "0", "aria-label": say.wire });
const totals = make("dl", { class: "totals" });
const nothing = make("p", { class: "nothing" }, say.wireEmpty);
const chatFilter = make("select", { "aria-label": say.wireChat, onchange: () => { chosenChat = chatFilter.value; redraw(); } });
const search = make("input", { type: "search", placeholder: say.search, "aria-label": say.search, oninput: () => { words = search.value.trim().toLowerCase(); redraw(); } });
const toggles = Object.keys(kinds).map(kind => make("button", {
  type: "button", class: "kind " + kind, "aria-pressed": "true",
  onclick: event => { kinds[kind] = !kinds[kind]; event.currentTarget.setAttribute("aria-pressed", String(kinds[kind])); redraw(); },
}, say.kinds[kind]));

drawer.append(
  make("header", { class: "head" }, icon("wire"), make("div", { class: "who" }, make("h2", {}, say.wire), make("p", {}, say.wireHint)),
    iconButton("close", say.closeWire, () => show(false))),
  totals,
  make("div", { class: "filters" }, make("div", { class: "kinds", role: "group", "aria-label": say.filter }, ...toggles), make("div", { class: "pick" }, chatFilter, search)),
  nothing, list);
drawer.addEventListener("keydown", event => { if (event.key === "Escape") show(false); });

export const isShown = () => !drawer.hidden;

/** Opens the drawer, for one chat when it is named, or closes it. */
export function show(isOpen, chat = null) {
  if (isOpen && drawer.hidden) opener = document.activeElement;
  drawer.hidden = !isOpen;
  document.body.classList.toggle("with-wire", isOpen);
  document.getElementById("wire-button").setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) { opener?.focus(); return; }
  if (chat !== null) chosenChat = String(chat);
  drawChats();
  redraw();
  list.scrollTop = list.scrollHeight;
  drawer.focus({ preventScroll: true });
}

function drawChats() {
  chatFilter.replaceChildren(make("option", { value: "" }, say.allChats),
    ...[...chats.values()].map(chat => make("option", { value: chat.id }, chat.title)));
  if (!chats.has(Number(chosenChat))) chosenChat = "";
  chatFilter.value = chosenChat;
}

export function redraw() {
  if (!isShown()) return;
  rows.clear();
  list.replaceChildren();
  for (const entry of wire.values()) if (matches(entry)) add(entry);
  drawTotals();
}

/** Something went over the wire. */
export function changed(entry) {
  if (!isShown()) return;
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  if (matches(entry)) add(entry);
  drawTotals();
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

/** What the chats are called may have changed. */
export function chatsChanged() { if (isShown()) { drawChats(); redraw(); } }

function head(entry) {
  const facts = [
    entry.promptTokens === undefined ? null : say.tokens(number(entry.promptTokens), number(entry.answerTokens ?? 0)),
    entry.firstMilliseconds === undefined ? null : say.first(number(entry.firstMilliseconds)),
    entry.milliseconds === undefined ? null : say.milliseconds(number(entry.milliseconds)),
  ].filter(Boolean).join(" · ");
  const isRunning = entry.kind === "model" && entry.milliseconds === undefined;
  return [
    make("span", { class: "arrow " + kindOf(entry), title: say.kinds[kindOf(entry)] }, { update: "↓", call: "↑", model: "✦" }[entry.kind], make("span", { class: "unseen" }, say.kinds[kindOf(entry)])),
    make("span", { class: "what" }, make("b", {}, entry.name), make("span", {}, chats.get(entry.chat)?.title ?? "")),
    make("span", { class: "facts" }, make("time", {}, clock(entry.at)), make("span", {}, isRunning ? say.running : facts)),
    entry.status === undefined ? null : make("span", { class: entry.status < 400 ? "code-good" : "code-bad" }, String(entry.status)),
  ].filter(Boolean);
}

function add(entry) {
  const known = rows.get(entry.id);
  if (known) {
    known.firstChild.replaceChildren(...head(entry));
    if (known.open) fill(known, entry.id);
    return;
  }
  const row = make("details", { class: "entry", ontoggle: () => { if (row.open) fill(row, entry.id); } }, make("summary", {}, ...head(entry)), make("div", { class: "detail" }));
  rows.set(entry.id, row);
  list.append(make("li", {}, row));
}

async function fill(row, id) {
  const home = row.lastChild;
  try {
    const detail = await wireDetail(id);
    home.replaceChildren(...(detail
      ? [part(say.request, detail.request), detail.response === undefined ? null : part(say.response, detail.response)].filter(Boolean)
      : [make("p", {}, say.gone)]));
  } catch {
    home.replaceChildren(make("p", {}, say.failed));
  }
}

function part(title, value) {
  const copy = make("button", { type: "button", class: "copy", onclick: async () => {
    try { await navigator.clipboard.writeText(JSON.stringify(value, null, 2)); copy.textContent = say.copied; } catch { return; }
    setTimeout(() => { copy.textContent = say.copy; }, 1500);
  } }, say.copy);
  return make("section", {}, make("h3", {}, title, copy), make("div", { class: "json", role: "group", tabindex: "0", "aria-label": title }, tree(value, 0)));
}

/** A JSON value whose objects and lists fold. */
function tree(value, depth) {
  if (value === null || typeof value !== "object") {
    return make("span", { class: value === null ? "null" : typeof value }, JSON.stringify(value));
  }
  const isList = Array.isArray(value);
  const members = Object.entries(value);
  const brackets = isList ? "[]" : "{}";
  if (members.length === 0) return make("span", {}, brackets);
  return make("details", { open: depth < 2 || members.length < 4 && depth < 5 }, make("summary", {}, brackets[0], make("small", {}, `${isList ? "" : members.slice(0, 3).map(m => m[0]).join(", ")} ${members.length > 3 || isList ? "· " + members.length : ""}`), brackets[1]),
    make("ul", {}, ...members.map(([name, member]) => make("li", {}, make("span", { class: "key" }, isList ? "" : name + ": "), tree(member, depth + 1)))));
}

function drawTotals() {
  const all = [...wire.values()];
  const of = kind => all.filter(entry => entry.kind === kind);
  const sum = (list, name) => list.reduce((total, entry) => total + (entry[name] || 0), 0);
  const models = of("model");
  const firsts = models.filter(entry => entry.firstMilliseconds !== undefined);
  const values = [
    [say.kinds.update, number(of("update").length)], [say.kinds.call, number(of("call").length)], [say.kinds.model, number(models.length)],
    [say.tokensTotal, `${number(sum(models, "promptTokens"))} → ${number(sum(models, "answerTokens"))}`],
    [say.firstToken, firsts.length ? say.milliseconds(number(Math.round(sum(firsts, "firstMilliseconds") / firsts.length))) : "–"],
  ];
  totals.replaceChildren(...values.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
  nothing.hidden = rows.size > 0;
}
