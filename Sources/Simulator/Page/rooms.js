// What can be done with a chat as a whole, and the way between the sides on a small screen.
import { avatar, make } from "/dom.js";
import { about, act, chats, isStaff, unread } from "/store.js";
import { topicItems } from "/topics.js";
import { say } from "/words.js";

/** What can be done with the chat of a pane, for a menu. */
export function roomItems(pane) {
  const chat = pane.chat();
  const person = pane.person();
  const isPrivate = chat.kind === "private";
  const topic = pane.topic();
  const items = topic ? topicItems(pane, topic) : [];
  items.push({
    sign: chat.isBlocked ? "unlock" : "block", text: chat.isBlocked ? (isPrivate ? say.unblock : say.addBot) : (isPrivate ? say.block : say.removeBot),
    run: () => act({ action: chat.isBlocked ? "unblock" : "block", from: person, chat: chat.id }),
  });
  if (!isPrivate && !chat.isBlocked) {
    const isAdmin = chat.botStatus === "administrator";
    items.push({
      sign: "person", text: isAdmin ? say.demote : say.promote,
      run: () => act({ action: "role", from: person, chat: chat.id, bot: isAdmin ? "member" : "administrator" }),
    });
  }
  return items;
}

const home = document.getElementById("sides");

/** Draws the tabs that lead from the client's side to the operators' and back. */
export function drawSides(client, current, choose) {
  const ids = [client, ...about.staff].filter(id => chats.has(id));
  home.hidden = ids.length < 2;
  const held = document.activeElement?.closest?.("#sides button")?.dataset.chat;
  home.replaceChildren(...ids.map(id => {
    const chat = chats.get(id);
    const waiting = unread.get(id) || 0;
    return make("button", { type: "button", "data-chat": id, "aria-current": id === current ? "true" : null, onclick: () => choose(id) },
      avatar(id, chat.title), make("span", { class: "what" }, isStaff(id) ? (chat.isForum ? say.sideForum : say.sideOperator) : say.sideClient),
      waiting ? make("span", { class: "badge" }, make("span", { "aria-hidden": "true" }, String(waiting)), make("span", { class: "unseen" }, say.unread(waiting))) : null);
  }));
  if (held) home.querySelector(`[data-chat="${held}"]`)?.focus();
}
