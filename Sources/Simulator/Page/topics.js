// The topics of a forum: the list beside the conversation, and what can be done with one.
import { icon, iconButton, make } from "/dom.js";
import { summary } from "/format.js";
import { act, isIn, topicKey, unreadTopics } from "/store.js";
import { say, time } from "/words.js";

const colour = number => "#" + Number(number).toString(16).padStart(6, "0");

/** The round sign of a topic: its emoji, or its first letter in its colour. */
export function topicSign(topic) {
  if (!topic) return make("span", { class: "topic-sign general", "aria-hidden": "true" }, "#");
  const sign = make("span", { class: topic.emoji ? "topic-sign emoji" : "topic-sign", "aria-hidden": "true" }, topic.emoji || [...topic.name][0] || "?");
  sign.style.setProperty("--topic", colour(topic.color));
  return sign;
}

/** What can be done with a topic, for a menu. */
export function topicItems(pane, topic) {
  const person = pane.person();
  const change = action => act({ action, from: person, chat: pane.id, thread: topic.id });
  return [
    { sign: "edit", text: say.renameTopic, run: () => pane.composer.nameTopic(topic) },
    topic.isClosed ? { sign: "unlock", text: say.reopenTopic, run: () => change("reopen_topic") }
      : { sign: "lock", text: say.closeTopic, run: () => change("close_topic") },
    { sign: "bin", text: say.deleteTopic, run: () => change("delete_topic") },
  ];
}

export class Topics {
  /**
   * @param {Object} pane the forum's pane
   * @param {(thread: number|null) => void} choose
   */
  constructor(pane, choose) {
    this.pane = pane;
    this.choose = choose;
    this.list = make("ul", {});
    this.node = make("nav", { class: "topics" },
      make("header", {}, make("h3", {}, say.topics), iconButton("plus", say.newTopic, () => pane.composer.nameTopic(null))), this.list);
  }

  draw() {
    const chat = this.pane.chat();
    this.node.setAttribute("aria-label", `${say.topics}: ${chat.title}`);
    const last = thread => chat.messages.findLast(m => isIn(m, thread) && !m.isDeleted);
    const topics = chat.topics.map(topic => ({ topic, last: last(topic.id) }))
      .sort((a, b) => (b.last?.id ?? b.topic.id) - (a.last?.id ?? a.topic.id));
    const held = document.activeElement?.closest?.(".topics [data-topic]")?.dataset.topic;
    this.list.replaceChildren(this.item(null, last(null)), ...topics.map(t => this.item(t.topic, t.last)));
    if (held && this.node.isConnected) this.list.querySelector(`[data-topic="${held}"]`)?.focus();
  }

  item(topic, last) {
    const id = topic?.id ?? null;
    const waiting = unreadTopics.get(topicKey(this.pane.id, id)) || 0;
    const says = last ? (last.service || last.from.isBot ? "" : last.from.name + ": ") + summary(last) : say.nothing;
    const closed = topic?.isClosed ? make("span", { class: "lock", title: say.topicClosed }, icon("lock"), make("span", { class: "unseen" }, say.topicClosed)) : null;
    return make("li", {}, make("button", {
      type: "button", class: "topic", "aria-current": this.pane.thread === id ? "true" : null, "data-topic": id ?? 0,
      onclick: () => this.choose(id),
    }, topicSign(topic),
      make("span", { class: "line" }, make("span", { class: "name" }, topic?.name ?? say.general), closed, make("span", { class: "when" }, last ? time(last.date) : "")),
      make("span", { class: "line" }, make("span", { class: "last" }, says),
        waiting ? make("span", { class: "badge" }, make("span", { "aria-hidden": "true" }, String(waiting)), make("span", { class: "unseen" }, say.unread(waiting))) : null)));
  }
}
