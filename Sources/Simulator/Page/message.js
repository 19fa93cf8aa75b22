// One message as a bubble.
import { hue, icon, make, openMenu } from "/dom.js";
import { content, summary } from "/format.js";
import { medium } from "/media.js";
import { act } from "/store.js";
import { say, service, time } from "/words.js";

/** Who wrote it, in the colour of that person. */
export function author(from) {
  const name = make("span", { class: "from" }, make("bdi", {}, from.name), from.isBot ? make("span", { class: "tag" }, say.bot) : null);
  name.style.setProperty("--hue", hue(from.id));
  return name;
}

function quoted(original, part, jump) {
  const words = part || summary(original);
  const quote = make("button", { type: "button", class: "quoted", onclick: () => jump(original.id), "aria-label": `${say.replyTo} ${original.from.name}: ${words}` },
    make("b", {}, original.from.name), make("span", {}, part ? `«${part}»` : words));
  quote.style.setProperty("--hue", hue(original.from.id));
  return quote;
}

function inlineButton(pane, message, button) {
  if (button.url && /^https?:/i.test(button.url)) {
    return make("a", { href: button.url, target: "_blank", rel: "noopener noreferrer nofollow" }, button.text + " ↗");
  }
  const press = () => button.copy_text
    ? navigator.clipboard.writeText(String(button.copy_text.text ?? "")).catch(() => {})
    : act({ action: "press", from: pane.person(), chat: pane.id, message: message.id, data: button.callback_data });
  return make("button", { type: "button", disabled: !button.callback_data && !button.copy_text, onclick: press }, button.text);
}

function actions(pane, message, isOwn) {
  const items = [{ sign: "reply", text: say.reply, run: () => pane.composer.replyTo(message) }];
  const text = message.text || "";
  if (isOwn && text) items.push({ sign: "edit", text: say.edit, run: () => pane.composer.edit(message) });
  if (isOwn) items.push({ sign: "bin", text: say.remove, run: () => act({ action: "delete", from: pane.person(), chat: pane.id, message: message.id }) });
  items.push({ sign: "copy", text: say.copy, run: () => navigator.clipboard.writeText(text || summary(message)).catch(() => {}) });
  const button = make("button", {
    type: "button", class: "more", tabindex: "-1", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-label": `${say.actions}: ${message.from.name}`,
    onclick: () => openMenu(button, items, button.closest(".bubble")),
  }, icon("more"));
  return button;
}

/** The last line of a message: the reactions, when there are any, and the time. */
function tail(message, foot) {
  if (message.isDeleted || !message.reactions?.length) return foot;
  return make("div", { class: "tail" },
    make("ul", { class: "reactions", "aria-label": say.reactions }, ...message.reactions.map(emoji => make("li", {}, emoji))), foot);
}

/**
 * The bubble of a message.
 * @param {Object} pane the chat's pane: `id`, `chat()`, `person()`, `jump(id)`, `composer`
 */
export function bubble(pane, message) {
  if (message.service) return make("div", { class: "service" }, service(message) || message.service);
  const chat = pane.chat();
  const isOwn = message.from.id === pane.person();
  const isGroup = chat.kind !== "private";
  const original = message.replyTo && chat.messages.find(m => m.id === message.replyTo);
  const shown = message.isDeleted ? null : medium(message);
  const body = message.isDeleted ? make("em", {}, say.deleted) : message.text || message.blocks ? content(message) : null;
  const stamp = make("time", { datetime: new Date(message.date * 1000).toISOString() }, time(message.date));
  const foot = make("span", { class: "foot" }, message.editDate ? make("span", {}, say.edited) : null, stamp);
  const kind = ["bubble", isOwn ? "own" : "", shown ? "with-" + message.media : ""].filter(Boolean).join(" ");
  const item = make("article", { class: kind, "aria-label": `${message.from.name}, ${time(message.date)}` },
    isGroup && !isOwn || message.from.isBot ? author(message.from) : make("span", { class: "unseen" }, message.from.name),
    original ? quoted(original, message.quote, pane.jump) : null, shown, body, tail(message, foot), message.isDeleted ? null : actions(pane, message, isOwn));
  item.dataset.message = message.id;
  if (!message.buttons || message.isDeleted) return item;
  const rows = message.buttons.map(row => make("div", { class: "row" }, ...row.map(button => inlineButton(pane, message, button))));
  return make("div", { class: "with-buttons" }, item, make("div", { class: "inline" }, ...rows));
}
