// The list of chats: the clients' and the operators'.
import { avatar, iconButton, make } from "/dom.js";
import { summary } from "/format.js";
import { act, chats, isBusy, isStaff, unread } from "/store.js";
import { say, time } from "/words.js";

const home = document.getElementById("chats");

/**
 * Draws the list.
 * @param {Set<number>} open the chats that are open
 * @param {number} current the one that was used last
 * @param {(id: number, isBeside: boolean) => void} choose
 */
export function drawList(open, current, canBeside, choose) {
  const item = chat => {
    const last = chat.messages.findLast(message => !message.isDeleted);
    const waiting = unread.get(chat.id) || 0;
    const topic = last && chat.isForum ? chat.topics.find(t => t.id === last.thread) : null;
    const says = isBusy(chat) ? say.typing : last ? (topic ? topic.name + ": " : "") + summary(last) : say.nothing;
    const button = make("button", {
      type: "button", class: open.has(chat.id) ? "chat open" : "chat", "aria-current": chat.id === current ? "true" : null,
      "data-chat": chat.id, onclick: event => choose(chat.id, event.ctrlKey || event.metaKey),
    }, avatar(chat.id, chat.title),
      make("span", { class: "line" }, make("span", { class: "name" }, chat.title), make("span", { class: "when" }, last ? time(last.date) : "")),
      make("span", { class: "line" }, make("span", { class: isBusy(chat) ? "last busy" : "last" }, says),
        waiting ? make("span", { class: "badge" }, make("span", { "aria-hidden": "true" }, String(waiting)), make("span", { class: "unseen" }, say.unread(waiting))) : null));
    const beside = canBeside && !open.has(chat.id) ? iconButton("beside", `${say.beside}: ${chat.title}`, () => choose(chat.id, true), { class: "icon beside" }) : null;
    return make("li", {}, button, beside);
  };
  const held = document.activeElement?.closest?.("#chats li")?.firstChild.dataset.chat;
  const all = [...chats.values()].filter(chat => !chat.migratedTo);
  const staff = all.filter(chat => isStaff(chat.id));
  const part = (title, list) => list.length ? [make("h2", {}, title), make("ul", { "aria-label": title }, ...list.map(item))] : [];
  home.replaceChildren(...(staff.length
    ? [...part(say.clients, all.filter(chat => !isStaff(chat.id))), ...part(say.operators, staff)]
    : [make("ul", {}, ...all.map(item))]));
  if (held) home.querySelector(`[data-chat="${held}"]`)?.focus();
  const count = [...unread.values()].reduce((sum, value) => sum + value, 0);
  document.title = count ? `(${count}) Switchboard` : "Switchboard";
}

const names = { ru: ["Мария", "Игорь", "Софья", "Тимур", "Вера", "Лев"], en: ["Emma", "Noah", "Grace", "Leo", "Ruby", "Hugo"] };

/** Somebody new, in the language of the page. */
export function addPerson(language) {
  const taken = new Set([...chats.values()].map(chat => chat.title));
  const name = names[language].find(n => !taken.has(n)) || `${say.newPerson} ${chats.size + 1}`;
  return act({ action: "person", text: name, language });
}
