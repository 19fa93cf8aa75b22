// One open chat.
import { Composer } from "/composer.js";
import { avatar, icon, iconButton, make, openMenu } from "/dom.js";
import { content } from "/format.js";
import { author, bubble } from "/message.js";
import { roomItems } from "/rooms.js";
import { about, act, chats, isBusy, isIn, isStaff } from "/store.js";
import { Topics, topicSign } from "/topics.js";
import { day, say } from "/words.js";

export class Pane {
  /**
   * @param {number} id the chat
   * @param {{close: Function, back: Function, wire: Function, read: Function}} does
   */
  constructor(id, does) {
    this.id = id;
    this.does = does;
    this.nodes = new Map();
    this.missed = 0;
    /** The topic of a forum that is open; null is its General topic. */
    this.thread = null;
    this.jump = this.jump.bind(this);
    this.composer = new Composer(this);
    this.title = make("h2", {});
    this.status = make("p", {});
    this.face = make("span", {});
    this.log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": say.log, onkeydown: event => this.walk(event) });
    this.drafts = make("div", { class: "drafts" });
    this.scroll = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": say.scroll, onscroll: () => this.scrolled() }, this.log, this.drafts);
    this.badge = make("span", { class: "badge", hidden: true });
    this.down = make("button", { type: "button", class: "icon down", "aria-label": say.down, title: say.down, hidden: true, onclick: () => this.toEnd(true) }, icon("down"), this.badge);
    this.topics = new Topics(this, thread => this.choose(thread));
    this.menu = iconButton("more", say.roomMenu, () => openMenu(this.menu, roomItems(this), this.head), { "aria-haspopup": "menu", "aria-expanded": "false" });
    this.reopen = make("button", { type: "button", class: "copy", onclick: () => act({ action: "reopen_topic", from: this.person(), chat: id, thread: this.thread }) }, say.reopenTopic);
    this.closed = make("p", { class: "closed", hidden: true }, icon("lock"), make("span", {}, say.topicClosed), this.reopen);
    this.head = make("header", { class: "head" },
        iconButton("back", say.back, does.back, { class: "icon back" }),
        iconButton("back", say.toTopics, () => this.leaveTopic(), { class: "icon to-topics" }), this.face,
        make("div", { class: "who" }, this.title, this.status),
        this.menu, iconButton("wire", say.wireOfChat, () => does.wire(id)),
        iconButton("close", say.close, () => does.close(id), { class: "icon shut" }));
    this.talk = make("div", { class: "talk" }, this.closed, make("div", { class: "stage" }, this.scroll, this.down), this.composer.node);
    this.node = make("section", { class: "pane" }, this.head, make("div", { class: "room" }, this.topics.node, this.talk));
    // What grows below (a draft, the field) must not push the end out of sight.
    this.isAtEnd = true;
    this.top = 0;
    this.observer = new ResizeObserver(() => { if (this.isAtEnd) this.toEnd(); });
    for (const part of [this.scroll, this.log, this.drafts]) this.observer.observe(part);
  }

  chat() { return chats.get(this.id); }
  person() { return this.composer.person(); }
  /** The topic that is open; undefined in the General topic and in chats without topics. */
  topic() { return this.thread === null ? undefined : this.chat().topics.find(topic => topic.id === this.thread); }
  /** Whether a message belongs to what is open. */
  shows(message) { return !this.chat().isForum || isIn(message, this.thread); }
  /** Whether the conversation is in sight, and not the topics in its place. */
  isTalking() { return this.talk.offsetParent !== null; }
  focus() {
    if (this.isTalking()) this.composer.input.focus({ preventScroll: true });
    else this.topics.list.querySelector("button")?.focus({ preventScroll: true });
  }

  /** Opens a topic. */
  choose(thread) {
    this.thread = thread;
    this.missed = 0;
    this.node.classList.add("in-topic");
    this.composer.reset();
    this.isAtEnd = true;
    this.draw();
    this.does.read(this.id);
    this.enter();
  }

  leaveTopic() {
    this.node.classList.remove("in-topic");
    this.topics.list.querySelector("[aria-current]")?.focus();
  }

  /** Goes to where one writes; where that would bring up a keyboard on the glass, to the messages. */
  enter() {
    if (matchMedia("(pointer: coarse)").matches) this.scroll.focus({ preventScroll: true });
    else this.focus();
  }

  end() { this.observer.disconnect(); this.node.remove(); }

  // Scrolling: the end stays in sight as long as the reader is there.

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    // Only a reader goes up: with a box that has got smaller meanwhile, the end is still followed.
    const stays = this.isAtEnd && scrollTop >= this.top;
    this.isAtEnd = stays || scrollHeight - scrollTop - clientHeight < 60;
    this.top = scrollTop;
    if (this.isAtEnd) this.missed = 0;
    this.down.hidden = this.isAtEnd;
    this.badge.hidden = this.missed === 0;
    this.badge.textContent = String(this.missed);
    if (this.isAtEnd) this.does.read(this.id);
  }

  toEnd(isSmooth = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: isSmooth && !calm ? "smooth" : "instant" });
  }

  jump(id) {
    const node = this.nodes.get(id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1400);
  }

  /** Up and down walk from message to message; Enter opens what can be done with one. */
  walk(event) {
    if (!event.target.classList.contains("more")) return;
    const all = [...this.log.querySelectorAll(".more")];
    const to = all[all.indexOf(event.target) + { ArrowUp: -1, ArrowDown: 1 }[event.key]];
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.closest(".bubble").scrollIntoView({ block: "nearest" });
  }

  // Drawing.

  draw() {
    const chat = this.chat();
    // A topic that was deleted leads back to the list.
    if (this.thread !== null && !this.topic()) { this.thread = null; this.node.classList.remove("in-topic"); }
    const topic = this.topic();
    this.face.replaceChildren(topic ? topicSign(topic) : avatar(chat.id, chat.title));
    this.title.textContent = topic ? topic.name : chat.title;
    this.node.setAttribute("aria-label", chat.title);
    this.node.classList.toggle("forum", Boolean(chat.isForum));
    if (chat.isForum) this.topics.draw();
    this.composer.draw();
    this.drawLog();
    this.drawDrafts();
    this.drawStatus();
    this.toEnd();
  }

  drawLog() {
    const chat = this.chat();
    this.nodes.clear();
    this.log.replaceChildren();
    this.lastDay = null;
    const shown = chat.messages.filter(message => this.shows(message));
    if (shown.length === 0) this.log.append(this.welcome(chat));
    for (const message of shown) this.put(message);
  }

  welcome(chat) {
    const [title, hint] = this.topic() ? [say.emptyTopic, ""]
      : chat.isForum && isStaff(chat.id) ? [say.emptyForum, say.emptyForumHint]
      : isStaff(chat.id) ? [say.emptyOperator(chat.title), say.emptyOperatorHint]
      : chat.kind !== "private" ? [say.emptyGroupTitle, say.emptyGroup(about.username)]
      : [say.emptyTitle(chat.title), say.empty];
    return make("div", { class: "welcome" }, avatar(chat.id, chat.title), make("p", {}, make("b", {}, title)), hint ? make("p", {}, hint) : null);
  }

  drawStatus() {
    const chat = this.chat();
    const names = [...chat.people.map(p => p.name), ...(chat.isBlocked ? [] : [about.bot])].join(", ");
    const kind = chat.kind === "private" ? (isStaff(chat.id) ? say.operatorChat : say.person)
      : this.topic() ? `${chat.title}: ${names}` : `${isStaff(chat.id) ? say.forum : say.group}: ${names}`;
    const busy = chat.drafts.length ? say.draft : isBusy(chat) ? say.typing : null;
    this.status.textContent = chat.isBlocked ? say.blocked : busy ? `${about.bot} ${busy}` : kind;
    this.status.classList.toggle("busy", Boolean(busy));
    const topic = this.topic();
    this.closed.hidden = !topic?.isClosed;
    this.reopen.hidden = !chat.people.find(p => p.id === this.person())?.isAdmin;
  }

  /** Adds a message, or draws it anew. */
  put(message) {
    if (!this.shows(message)) return;
    const node = bubble(this, message);
    const old = this.nodes.get(message.id);
    if (old) {
      const hadFocus = old.contains(document.activeElement);
      old.replaceWith(node);
      if (hadFocus) node.querySelector(".more")?.focus();
    } else {
      this.log.querySelector(".welcome")?.remove();
      const today = day(message.date);
      if (today !== this.lastDay) this.log.append(make("div", { class: "service day" }, today));
      this.lastDay = today;
      this.log.append(node);
    }
    this.nodes.set(message.id, node);
    const mores = this.log.querySelectorAll(".more");
    mores.forEach((more, i) => { more.tabIndex = i === mores.length - 1 ? 0 : -1; });
  }

  drawDrafts() {
    const chat = this.chat();
    const shown = new Map([...this.drafts.children].map(node => [node.dataset.draft, node]));
    const list = chat.drafts.filter(draft => this.shows(draft)).map(draft => {
      const body = draft.text || draft.blocks ? content(draft) : make("p", { class: "thinking" }, say.thinking);
      body.classList.add("body");
      const old = shown.get(String(draft.id));
      if (old) {
        // The stop button stays the same element, so that a press between two drafts is not lost.
        old.querySelector(".body").replaceWith(body);
        if (!draft.canStop) old.querySelector(".stop")?.remove();
        return old;
      }
      return this.growing(String(draft.id), body, draft.canStop ? make("button", {
        type: "button", class: "stop", onclick: () => act({ action: "stop", chat: this.id, draft: draft.id }),
      }, icon("stop"), say.stop) : null);
    });
    if (list.length === 0 && isBusy(chat)) list.push(shown.get("typing") || this.growing("typing", make("p", { class: "thinking body" }, say.thinking)));
    if (list.length !== this.drafts.children.length || list.some((node, i) => node !== this.drafts.children[i])) this.drafts.replaceChildren(...list);
  }

  growing(id, body, ...more) {
    const name = author({ id: 0, name: about.bot, isBot: true });
    name.append(make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i")));
    return make("div", { class: "bubble draft", "data-draft": id }, name, body, ...more);
  }

  /** What the server told of this chat. */
  changed(kind, value) {
    const chat = this.chat();
    if (kind === "message") {
      this.put(value);
      if (value.from.id === this.person()) this.isAtEnd = true;
      else if (!this.isAtEnd && this.shows(value)) this.missed += 1;
    } else if (kind === "edited") this.put(value);
    else if (kind === "deleted") {
      const message = chat.messages.find(m => m.id === value.message);
      if (message) this.put(message);
    } else if (kind === "keyboard") this.composer.drawKeyboard();
    if (chat.isForum) this.topics.draw();
    this.drawDrafts();
    this.drawStatus();
    if (this.isAtEnd) this.toEnd();
    this.badge.hidden = this.missed === 0;
    this.badge.textContent = String(this.missed);
  }
}
