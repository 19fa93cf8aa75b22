// Where a person writes: text, replies, corrections, media, commands, and things to try.
import { icon, iconButton, make, openMenu } from "/dom.js";
import { summary } from "/format.js";
import { ownPicture, samplePicture, sampleVoice } from "/media.js";
import { about, act, commands, isStaff, sendMedia } from "/store.js";
import { say, suggestions } from "/words.js";

const stickers = ["👍", "🎉", "🤔", "😂", "🔥", "🐱", "☕", "🚀"];
const places = [[55.7539, 37.6208], [51.5007, -0.1246], [48.8584, 2.2945], [35.6586, 139.7454]];

export class Composer {
  /** @param {Object} pane the chat's pane */
  constructor(pane) {
    this.pane = pane;
    this.reply = null;
    this.edited = null;
    this.named = undefined;
    this.input = make("textarea", {
      class: "input", rows: "1", maxlength: "4096", enterkeyhint: "send", placeholder: say.placeholder,
      oninput: () => this.grow(), onkeydown: event => this.key(event), onpaste: event => this.paste(event),
    });
    this.contextText = make("span", {});
    this.context = make("p", { class: "context", hidden: true }, this.contextText, iconButton("close", say.cancel, () => this.reset()));
    this.sender = make("select", { class: "sender", onchange: () => { pane.drawLog(); this.draw(); pane.drawStatus(); } });
    this.senderBox = make("label", { class: "sender-box", hidden: true }, make("span", { class: "unseen" }, say.sender), this.sender);
    const menu = { "aria-haspopup": "menu", "aria-expanded": "false" };
    this.attach = iconButton("attach", say.attach, () => this.attachments(), menu);
    this.slash = iconButton("slash", say.commands, () => this.commandMenu(), menu);
    this.file = make("input", { type: "file", class: "unseen", tabindex: "-1", "aria-label": say.ownFile, onchange: () => this.chosen() });
    this.tries = make("div", { class: "tries", role: "group", "aria-label": say.suggestions });
    this.keyboard = make("div", { class: "keyboard", role: "group", "aria-label": say.keyboard, hidden: true });
    this.form = make("form", { class: "form", onsubmit: event => { event.preventDefault(); this.submit(); } },
      this.senderBox,
      make("div", { class: "field" }, this.attach, make("label", {}, make("span", { class: "unseen" }, say.message), this.input), this.slash),
      make("button", { type: "submit", class: "send", "aria-label": say.send, title: say.send }, icon("send")), this.file);
    this.node = make("div", { class: "composer" }, this.tries, this.context, this.form, this.keyboard);
  }

  /** The language in which the person of the chat is likely to write. */
  language() {
    return this.pane.chat().people.find(p => p.id === this.person())?.language || document.documentElement.lang;
  }

  person() {
    const chat = this.pane.chat();
    return chat.kind === "private" ? chat.id : Number(this.sender.value);
  }

  draw() {
    const chat = this.pane.chat();
    this.senderBox.hidden = chat.kind === "private";
    const chosen = this.sender.value;
    this.sender.replaceChildren(...chat.people.map(p => make("option", { value: p.id }, p.name)));
    if (chat.people.some(p => String(p.id) === chosen)) this.sender.value = chosen;
    const isDesk = isStaff(chat.id);
    const name = chat.kind === "private" || isDesk ? "" : `@${about.username} `;
    const isPrivate = chat.kind === "private";
    // In their own chat operators' words must say for whom they are.
    const kind = isDesk ? (isPrivate ? "operator" : "staff") : isPrivate ? "private" : "group";
    this.tries.replaceChildren(...suggestions(this.language(), kind).map(text =>
      make("button", { type: "button", onclick: () => this.write(name + text) }, text)));
    this.drawKeyboard();
  }

  drawKeyboard() {
    const rows = this.pane.chat().keyboard || [];
    this.keyboard.hidden = rows.length === 0;
    this.keyboard.replaceChildren(...rows.map(row => make("div", { class: "row" },
      ...row.map(text => make("button", { type: "button", onclick: () => this.write(text) }, text)))));
  }

  // Writing.

  replyTo(message) {
    this.reset();
    this.reply = message;
    this.contextText.textContent = `${say.replyTo} ${message.from.name}: ${summary(message)}`;
    this.context.hidden = false;
    this.input.focus();
  }

  edit(message) {
    this.reset();
    this.edited = message;
    this.contextText.textContent = `${say.editing}: ${summary(message)}`;
    this.context.hidden = false;
    this.input.value = message.text || "";
    this.grow();
    this.input.focus();
  }

  /** Asks for the name of a topic: a new one when null is given. */
  nameTopic(topic) {
    if (!topic) this.pane.choose(null);
    this.reset();
    this.named = topic;
    this.contextText.textContent = topic ? `${say.topicName}: ${topic.name}` : say.newTopicName;
    this.context.hidden = false;
    this.input.value = topic?.name ?? "";
    this.grow();
    this.input.focus();
  }

  reset() {
    if (this.edited || this.named !== undefined) { this.input.value = ""; this.grow(); }
    this.reply = null;
    this.edited = null;
    this.named = undefined;
    this.context.hidden = true;
  }

  async write(text) {
    const isSent = await act({ action: "post", from: this.person(), chat: this.pane.id, ...this.where(), text, message: this.reply?.id });
    if (isSent) this.reset();
    return isSent;
  }

  /** The topic in which something is written. */
  where() { return this.pane.thread ? { thread: this.pane.thread } : {}; }

  /** Does what the words in the field are for. */
  perform(text) {
    const chat = this.pane.id;
    if (this.edited) return act({ action: "edit", chat, message: this.edited.id, text });
    if (this.named === undefined) return this.write(text);
    const thread = this.named?.id;
    return act({ action: thread ? "rename_topic" : "topic", from: this.person(), chat, thread, text });
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const isOther = this.edited || this.named !== undefined;
    this.input.value = "";
    this.grow();
    if (await this.perform(text)) { if (isOther) this.reset(); return; }
    this.input.value = text;
    this.grow();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = Math.min(160, this.input.scrollHeight) + "px";
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
    if (event.key === "Escape" && !this.context.hidden) { event.stopPropagation(); this.reset(); }
    if (event.key === "ArrowUp" && this.input.value === "") {
      const last = this.pane.chat().messages.findLast(m => m.from.id === this.person() && m.text && !m.isDeleted && this.pane.shows(m));
      if (last) { event.preventDefault(); this.edit(last); }
    }
  }

  paste(event) {
    const file = [...event.clipboardData.files].find(f => f.type.startsWith("image/"));
    if (file) { event.preventDefault(); this.own(file); }
  }

  // Everything beside text.

  attachments() {
    openMenu(this.attach, [
      { sign: "picture", text: say.samplePicture, run: async () => this.send("photo", await samplePicture()) },
      { sign: "file", text: say.ownFile, run: () => this.file.click() },
      { sign: "voice", text: say.media.voice, run: () => this.send("voice", sampleVoice()) },
      { sign: "smile", text: say.media.sticker, run: () => this.stickerMenu() },
      { sign: "pin", text: say.media.location, run: () => this.place() },
    ], this.node);
  }

  stickerMenu() {
    openMenu(this.attach, stickers.map(emoji => ({ text: emoji, run: () => this.simple("sticker", { emoji }) })), this.node, "grid");
  }

  place() {
    const [latitude, longitude] = places[Math.floor(Math.random() * places.length)];
    return this.simple("location", { latitude, longitude });
  }

  async commandMenu() {
    const query = { language: this.language(), person: this.person(), chat: this.pane.id };
    const list = await commands(query).catch(() => []);
    openMenu(this.slash, list.map(c => ({
      text: "/" + c.command, note: c.description,
      run: () => this.write(`/${c.command}${this.pane.chat().kind === "private" ? "" : "@" + about.username}`),
    })), this.node, "right");
  }

  async simple(media, facts) {
    if (await act({ action: "post", from: this.person(), chat: this.pane.id, ...this.where(), media, facts, message: this.reply?.id })) this.reset();
    this.input.focus();
  }

  async send(media, { bytes, facts }) {
    const query = { media, from: this.person(), chat: this.pane.id, ...this.where(), facts: JSON.stringify(facts) };
    const caption = this.edited ? "" : this.input.value.trim();
    if (caption) query.text = caption;
    if (this.reply) query.message = this.reply.id;
    if (await sendMedia(query, bytes)) {
      this.reset();
      if (caption) { this.input.value = ""; this.grow(); }
    }
    this.input.focus();
  }

  chosen() {
    const file = this.file.files[0];
    this.file.value = "";
    if (file) this.own(file);
  }

  async own(file) {
    if (file.type.startsWith("image/")) {
      try { return await this.send("photo", await ownPicture(file)); } catch { /* No picture after all: it goes as a file. */ }
    }
    return this.send("document", { bytes: file, facts: { file_name: file.name, mime_type: file.type || "application/octet-stream" } });
  }
}
