// What the page says, in Russian when the browser asks for it or it was chosen here, else in English.
const texts = {
  ru: {
    skip: "К полю ввода", demo: "демо", chats: "Чаты", back: "К списку чатов", log: "Переписка", scroll: "Прокрутка переписки",
    hidden: "Скрытый текст, открыть", down: "К последнему сообщению", keyboard: "Кнопки бота", cancel: "Отменить", close: "Закрыть чат",
    beside: "Открыть рядом", add: "Добавить человека", newPerson: "Человек", choose: "Выберите чат слева.",
    sender: "Кто пишет", message: "Сообщение", placeholder: "Сообщение…", send: "Отправить", attach: "Прикрепить", commands: "Команды бота",
    suggestions: "Что попробовать", samplePicture: "Картинка (пример)", ownFile: "Свой файл…", play: "Слушать", pause: "Пауза",
    stop: "Остановить", typing: "печатает…", thinking: "Думает…", draft: "пишет ответ…",
    bot: "бот", group: "группа", person: "личный чат с ботом", edited: "изменено", deleted: "Сообщение удалено", actions: "Действия с сообщением",
    emptyTitle: name => `Вы пишете от имени: ${name}`,
    empty: "Это настоящий Switchboard; не настоящий здесь только Telegram. Напишите что-нибудь или выберите подсказку внизу: ответ растёт на глазах, его можно остановить.",
    emptyGroupTitle: "Группа, в которой есть бот",
    emptyGroup: name => `Здесь он отвечает, когда к нему обращаются: @${name}, команда или ответ на его сообщение. Кто пишет, выбирается слева от поля.`,
    standIn: "Отвечает модель-заглушка: слова заготовлены заранее. Чтобы отвечала настоящая модель, задайте OPENAI_API_KEY.",
    closeBanner: "Закрыть подсказку", model: name => `Модель: ${name}`, offline: "Связь потеряна, восстанавливаю…",
    failed: "Не получилось", unreachable: "Демо не отвечает: проверьте, что оно запущено", copy: "Копировать", copied: "Скопировано", code: "код", table: "Таблица",
    reasons: { "nothing to stop": "ответ уже готов", "no such button": "кнопки больше нет", "no such message": "сообщения больше нет", "no such topic": "темы больше нет", "topic closed": "тема закрыта, писать в неё могут администраторы", "not enough rights": "это могут только администраторы", 413: "файл больше 4 МБ" },
    reply: "Ответить", replyTo: "Ответ на сообщение", edit: "Изменить", editing: "Изменение", blocked: "Бот заблокирован", nothing: "Пока нет сообщений",
    media: { photo: "Фото", voice: "Голосовое сообщение", document: "Файл", sticker: "Стикер", location: "Место", contact: "Контакт", video: "Видео", audio: "Аудио" },
    services: {
      topic_created: facts => `Создана тема «${facts?.name ?? ""}»`, topic_edited: facts => facts?.name ? `Тема переименована: «${facts.name}»` : "У темы новый значок",
      topic_closed: () => "Тема закрыта", topic_reopened: () => "Тема снова открыта", group_created: () => "Группа создана",
      members_joined: facts => `Теперь в группе: ${facts?.[0]?.first_name ?? ""}`, member_left: facts => `Больше не в группе: ${facts?.first_name ?? ""}`,
      migrated_to: () => "Группа стала супергруппой", migrated_from: () => "Группа стала супергруппой",
    },
    theme: "Тема", themes: { system: "как в системе", light: "светлая", dark: "тёмная" }, other: "English",
    wire: "По проводам", wireHint: "Всё, что идёт между Telegram, ботом и моделью", wireOfChat: "Что идёт по проводам в этом чате",
    closeWire: "Закрыть панель", wireEmpty: "Пока ничего нет. Напишите боту.", wireChat: "Чат", allChats: "Все чаты", search: "Поиск", filter: "Что показывать",
    kinds: { update: "Обновления", call: "Вызовы", draft: "Черновики", model: "Модель" }, running: "идёт…", request: "Запрос", response: "Ответ",
    gone: "Подробности уже не хранятся.", tokensTotal: "Токены", firstToken: "Первое слово",
    tokens: (read, written) => `${read} → ${written} ток.`, first: value => `первое через ${value} мс`, milliseconds: value => `${value} мс`,
    sides: "Сторона клиента и сторона операторов", clients: "Клиенты", operators: "Операторы", sideClient: "Клиент", sideOperator: "Оператор", sideForum: "Темы",
    topics: "Темы", general: "Общая тема", newTopic: "Новая тема", newTopicName: "Название новой темы", topicName: "Новое название темы", toTopics: "К списку тем",
    renameTopic: "Переименовать тему", closeTopic: "Закрыть тему", reopenTopic: "Открыть тему снова", deleteTopic: "Удалить тему", topicClosed: "Тема закрыта",
    roomMenu: "Действия с чатом", block: "Заблокировать бота", unblock: "Разблокировать бота", removeBot: "Удалить бота из группы", addBot: "Вернуть бота в группу",
    promote: "Сделать бота администратором", demote: "Лишить бота прав администратора", remove: "Удалить", reactions: "Реакции", openFile: "Открыть", saveFile: "Скачать",
    operatorChat: "чат оператора", forum: "группа операторов",
    emptyOperator: name => `Рабочее место оператора: ${name}`,
    emptyOperatorHint: "Когда клиент попросит человека, бот пришлёт сюда его имя, причину и переписку. Отвечайте через «Ответить» в меню сообщения или строкой «chat_id: ответ».",
    emptyForum: "Группа операторов с темами", emptyForumHint: "На каждого клиента бот заводит тему. Откройте её в списке и просто пишите: клиент увидит ваш ответ.",
    emptyTopic: "В этой теме пока пусто",
    today: "Сегодня", plural: { one: "новое сообщение", few: "новых сообщения", other: "новых сообщений" },
  },
  en: {
    skip: "Skip to the message field", demo: "demo", chats: "Chats", back: "Back to the chats", log: "Conversation", scroll: "Scroll the conversation",
    hidden: "Hidden text, reveal", down: "To the newest message", keyboard: "The bot's buttons", cancel: "Cancel", close: "Close the chat",
    beside: "Open beside", add: "Add a person", newPerson: "Person", choose: "Choose a chat.",
    sender: "Who writes", message: "Message", placeholder: "Message…", send: "Send", attach: "Attach", commands: "The bot's commands",
    suggestions: "Things to try", samplePicture: "Picture (sample)", ownFile: "A file of yours…", play: "Play", pause: "Pause",
    stop: "Stop", typing: "is typing…", thinking: "Thinking…", draft: "is writing…",
    bot: "bot", group: "group", person: "private chat with the bot", edited: "edited", deleted: "Message deleted", actions: "Message actions",
    emptyTitle: name => `You write as ${name}`,
    empty: "This is the real Switchboard; only Telegram is a stand-in here. Write something or take a suggestion below: the answer grows before your eyes, and you can stop it.",
    emptyGroupTitle: "A group with the bot in it",
    emptyGroup: name => `Here it answers when it is addressed: @${name}, a command, or a reply to its message. Choose who writes to the left of the field.`,
    standIn: "A stand-in model answers: its words are prepared. Set OPENAI_API_KEY to let a real model answer.",
    closeBanner: "Close the hint", model: name => `Model: ${name}`, offline: "Connection lost, reconnecting…",
    failed: "That did not work", unreachable: "The demo does not answer: is it still running?", copy: "Copy", copied: "Copied", code: "code", table: "Table",
    reasons: { "nothing to stop": "the answer is there already", "no such button": "the button is gone", "no such message": "the message is gone", "no such topic": "the topic is gone", "topic closed": "the topic is closed, only administrators write there", "not enough rights": "only administrators may do that", 413: "the file is larger than 4 MB" },
    reply: "Reply", replyTo: "Reply to", edit: "Edit", editing: "Editing", blocked: "The bot is blocked", nothing: "No messages yet",
    media: { photo: "Photo", voice: "Voice message", document: "File", sticker: "Sticker", location: "Location", contact: "Contact", video: "Video", audio: "Audio" },
    services: {
      topic_created: facts => `Topic “${facts?.name ?? ""}” created`, topic_edited: facts => facts?.name ? `The topic is now called “${facts.name}”` : "The topic has a new icon",
      topic_closed: () => "Topic closed", topic_reopened: () => "Topic open again", group_created: () => "Group created",
      members_joined: facts => `Now in the group: ${facts?.[0]?.first_name ?? ""}`, member_left: facts => `No longer in the group: ${facts?.first_name ?? ""}`,
      migrated_to: () => "The group became a supergroup", migrated_from: () => "The group became a supergroup",
    },
    theme: "Theme", themes: { system: "as the system's", light: "light", dark: "dark" }, other: "Русский",
    wire: "Over the wire", wireHint: "Everything between Telegram, the bot and the model", wireOfChat: "What goes over the wire in this chat",
    closeWire: "Close the panel", wireEmpty: "Nothing yet. Write to the bot.", wireChat: "Chat", allChats: "All chats", search: "Search", filter: "What to show",
    kinds: { update: "Updates", call: "Calls", draft: "Drafts", model: "Model" }, running: "running…", request: "Request", response: "Response",
    gone: "The details are no longer kept.", tokensTotal: "Tokens", firstToken: "First word",
    tokens: (read, written) => `${read} → ${written} tok.`, first: value => `first after ${value} ms`, milliseconds: value => `${value} ms`,
    sides: "The client's side and the operators' side", clients: "Clients", operators: "Operators", sideClient: "Client", sideOperator: "Operator", sideForum: "Topics",
    topics: "Topics", general: "General", newTopic: "New topic", newTopicName: "Name of the new topic", topicName: "New name of the topic", toTopics: "Back to the topics",
    renameTopic: "Rename the topic", closeTopic: "Close the topic", reopenTopic: "Reopen the topic", deleteTopic: "Delete the topic", topicClosed: "The topic is closed",
    roomMenu: "Chat actions", block: "Block the bot", unblock: "Unblock the bot", removeBot: "Remove the bot from the group", addBot: "Add the bot to the group again",
    promote: "Make the bot an administrator", demote: "Take the bot's rights away", remove: "Delete", reactions: "Reactions", openFile: "Open", saveFile: "Download",
    operatorChat: "operator's chat", forum: "operators' group",
    emptyOperator: name => `The operator's desk: ${name}`,
    emptyOperatorHint: "When a client asks for a person, the bot sends their name, the reason and the conversation here. Answer by “Reply” in a message's menu, or write “chat_id: answer”.",
    emptyForum: "The operators' group with topics", emptyForumHint: "The bot makes a topic for each client. Open it in the list and just write: the client gets your answer.",
    emptyTopic: "Nothing in this topic yet",
    today: "Today", plural: { one: "new message", other: "new messages" },
  },
};

const tries = {
  ru: {
    operator: ["/waiting", "/mine", "/canned", "/stats", "/help"],
    staff: ["Здравствуйте! Чем могу помочь?", "Секунду, проверяю.", "Готово, посмотрите, пожалуйста."],
    private: ["/start", "Позовите человека", "У меня сложный вопрос", "Покажи таблицу", "Покажи всё", "Ответь длинно", "Покажи код", "Покажи формулы", "Список дел", "Цитата", "/help"],
    group: ["Привет!", "Покажи таблицу", "Покажи код", "Ответь длинно"],
  },
  en: {
    operator: ["/waiting", "/mine", "/canned", "/stats", "/help"],
    staff: ["Hello! How can I help?", "One moment, I am checking.", "Done, please have a look."],
    private: ["/start", "Let me talk to a person", "It is a complicated issue", "Show a table", "Show everything", "Tell me a long story", "Show code", "Show formulas", "A to-do list", "A quote", "/help"],
    group: ["Hello!", "Show a table", "Show code", "Tell me a long story"],
  },
};

/** Things to try, in the language of the person who would write them. */
export const suggestions = (of, kind) => (of === "ru" ? tries.ru : tries.en)[kind];

/** What happened, of a message that says nothing itself. */
export const service = message => say.services[message.service]?.(message.serviceFacts) ?? "";

/** Keeps a choice for the next visit. */
export function remember(name, value) {
  try { localStorage.setItem(name, value); } catch { /* A browser that keeps nothing asks again. */ }
}

function chosen() {
  try { return localStorage.getItem("language"); } catch { return null; }
}

const wishes = [chosen(), ...(navigator.languages || [navigator.language])].filter(Boolean);
export const language = /^ru\b/i.test(wishes[0] || "") || !chosen() && wishes.some(l => /^ru\b/i.test(l)) ? "ru" : "en";
const rules = new Intl.PluralRules(language);
export const say = {
  ...texts[language],
  unread: count => `${count} ${texts[language].plural[rules.select(count)] ?? texts[language].plural.other}`,
};

const formats = {
  time: new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }),
  day: new Intl.DateTimeFormat(language, { day: "numeric", month: "long" }),
  clock: new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 1, hour12: false }),
  number: new Intl.NumberFormat(language),
};

/** Hours and minutes of Unix seconds. */
export const time = seconds => formats.time.format(seconds * 1000);
/** The day of Unix seconds, in words. */
export const day = seconds => new Date(seconds * 1000).toDateString() === new Date().toDateString() ? say.today : formats.day.format(seconds * 1000);
/** The time of Unix milliseconds, to the tenth of a second. */
export const clock = milliseconds => formats.clock.format(milliseconds);
export const number = value => formats.number.format(value);

/** Puts the words into the elements that ask for them. */
export function translate(root) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = say[element.dataset.word];
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say[element.dataset.label]);
    if (element.tagName === "BUTTON") element.title = say[element.dataset.label];
  }
}
