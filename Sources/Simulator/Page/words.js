// What the page says, in Russian when the browser asks for it, else in English.
const words = {
  ru: {
    skip: "К полю ввода", demo: "демо", chats: "Чаты", back: "К списку чатов", log: "Переписка", scroll: "Прокрутка переписки", hidden: "Скрытый текст, открыть",
    down: "К последнему сообщению", keyboard: "Кнопки бота", cancel: "Отменить ответ",
    sender: "Кто пишет", message: "Сообщение", placeholder: "Сообщение…", send: "Отправить",
    stop: "Остановить", typing: "печатает…", thinking: "Думает…", draft: "пишет ответ",
    bot: "бот", group: "группа", person: "личный чат", edited: "изменено", deleted: "Сообщение удалено",
    empty: "Напишите боту первым. Например: «Привет», «покажи таблицу» или «покажи всё».",
    emptyGroup: name => `В группе бот отвечает, когда к нему обращаются: @${name} или ответом на его сообщение.`,
    standIn: "Отвечает модель-заглушка: слова заготовлены заранее. Чтобы отвечала настоящая модель, задайте OPENAI_API_KEY.",
    model: name => `Модель: ${name}`, offline: "Связь потеряна, восстанавливаю…",
    failed: "Не получилось отправить", copy: "Копировать", copied: "Скопировано", code: "код",
    reply: "Ответить", blocked: "Бот заблокирован", nothing: "Пока нет сообщений",
    photo: "Фото", voice: "Голосовое сообщение", document: "Файл", sticker: "Стикер", location: "Место",
    services: { topic_created: "Создана тема", migrated_to: "Группа стала супергруппой", migrated_from: "Группа стала супергруппой" },
    tryOut: ["Привет!", "Покажи таблицу", "Покажи код", "Покажи всё", "Ответь длинно"],
  },
  en: {
    skip: "Skip to the message field", demo: "demo", chats: "Chats", back: "Back to the chats", log: "Conversation", scroll: "Scroll the conversation", hidden: "Hidden text, reveal",
    down: "To the newest message", keyboard: "The bot's buttons", cancel: "Cancel the reply",
    sender: "Who writes", message: "Message", placeholder: "Message…", send: "Send",
    stop: "Stop", typing: "is typing…", thinking: "Thinking…", draft: "is writing the answer",
    bot: "bot", group: "group", person: "private chat", edited: "edited", deleted: "Message deleted",
    empty: "Write to the bot first. Try “Hello”, “show a table” or “show everything”.",
    emptyGroup: name => `In a group the bot answers when it is addressed: @${name}, or a reply to its message.`,
    standIn: "A stand-in model answers: its words are prepared. Set OPENAI_API_KEY to let a real model answer.",
    model: name => `Model: ${name}`, offline: "Connection lost, reconnecting…",
    failed: "Could not send", copy: "Copy", copied: "Copied", code: "code",
    reply: "Reply", blocked: "The bot is blocked", nothing: "No messages yet",
    photo: "Photo", voice: "Voice message", document: "File", sticker: "Sticker", location: "Location",
    services: { topic_created: "Topic created", migrated_to: "The group became a supergroup", migrated_from: "The group became a supergroup" },
    tryOut: ["Hello!", "Show a table", "Show code", "Show everything", "Give a long answer"],
  },
};

export const language = (navigator.languages || [navigator.language]).some(l => /^ru\b/i.test(l)) ? "ru" : "en";
export const say = words[language];

export const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });

/** Puts the words into the elements that ask for them. */
export function translate(root) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = say[element.dataset.word];
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say[element.dataset.label]);
    if (element.tagName === "BUTTON") element.title = say[element.dataset.label];
  }
}
