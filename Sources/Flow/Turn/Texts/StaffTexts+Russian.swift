extension Texts {
  static let russianStaff: [Key: String] = [
    .staffRequested: "🙋 Нужен человек",
    .staffOperated: "🟢 В работе: {operator}",
    .staffEnded: "⚪️ Запрос завершён",
    .staffCustomer: "👤 {name} (id {chat})",
    .staffGroup: "👥 Это группа: ответ увидят все её участники.",
    .staffReason: "Причина: {reason}",
    .staffSummary: "Кратко: {summary}",
    .staffSummaryLocal: "недавних сообщений клиента: {count}, первое из них: {first}",
    .staffHistory: "Переписка:",
    .staffHint: "Ответьте на сообщение (Reply) или напишите «{chat}: ответ».",
    .staffHintTopic: "Пишите в эту тему — клиент получит ответ.",
    .reasonButton: "кнопка",
    .reasonWords: "просьба словами",
    .reasonOffer: "предложение бота",
    .reasonModel: "решение модели",
    .reasonPromise: "модель пообещала человека",
    .reasonFailure: "модель не ответила",
    .reasonComplaints: "бот не помог",
    .reasonLimit: "превышен лимит сообщений",
    .reasonApi: "запрос через API",
    .reasonOperatorGone: "прежний оператор недоступен",
    .saidByBot: "Бот",
    .saidByOperator: "Оператор {name}",
    .saidNote: "Заметка ({name})",
    .saidSuggestion: "Черновик",
    .markRequested: "— клиент ждёт человека —",
    .markCame: "— подключился оператор —",
    .markBack: "— снова отвечает бот —",
    .markClosed: "— диалог завершён —",
    .staffReminder: "⏰ Ждёт уже {minutes} мин.",
    .staffWithdrawn: "Клиент отменил запрос, отвечает бот.",
    .staffPassed: "Диалог передан: {from} → {to}",
    .staffReturned: "Диалог возвращён боту.",
    .staffReturnedByCustomer: "Клиент отключил оператора, отвечает бот.",
    .staffReturnedTimeout: "Время ожидания вышло: диалог вернулся к боту.",
    .staffReturnedForgotten: "Клиент стёр свои данные, диалог вернулся к боту.",
    .staffClosed: "Диалог завершён: {operator}",
    .staffCustomerEdited: "✏️ Клиент изменил сообщение: {text}",
    .staffAnswerWithdrawn:
      "Последний ответ бота клиенту не отправлен: диалог взял оператор.",
    .staffNote: "📝 {operator}: {text}",
    .staffUndelivered: "❗️ Не доставлено.",
    .staffBlocked: "❗️ Не доставлено: клиент заблокировал бота.",
    .staffCustomerLeft: "Клиент заблокировал бота или вышел из чата.",
    .staffSuggestion: "✨ Черновик ответа:\n{text}",
    .staffModelSummary: "📋 Кратко:\n{text}",
    .staffNoAssistance: "Модель сейчас не может помочь.",
    .staffRated: "Оценка клиента: {stars} из 5",
    .staffComment: "Комментарий к оценке: {text}",
    .staffBanned: "Клиент заблокирован.",
    .staffUnbanned: "Клиент разблокирован.",
    .staffAlbum: "Вложений: {count}",
    .staffTake: "Взять",
    .staffTranscript: "История",
    .staffDraft: "✨ Черновик",
    .staffSummarize: "📋 Кратко",
    .staffRelease: "Вернуть боту",
    .staffClose: "Завершить",
    .staffResend: "🔁 Отправить ещё раз",
    .staffSend: "✅ Отправить",
    .staffEdit: "✏️ Изменить",
    .staffDrop: "❌ Отклонить",
    .deskWrongForm:
      "Неверный формат сообщения. Используйте формат 'chat_id: сообщение'. Или ответьте "
      + "на сообщение клиента (Reply). Сейчас клиентам ничего не отправлено. Команды — /help.",
    .deskUnknownCustomer:
      "Клиент {chat} не найден: он ещё не писал боту. Сообщение никому не отправлено.",
    .deskAmbiguous:
      "В чате {chat} с операторами несколько диалогов, по id не понять, какой из них. Ответьте "
      + "на сообщение нужного клиента (Reply).",
    .deskErased:
      "Клиент стёр свои данные, и эта тема ни к кому больше не ведёт: сообщение никому не "
      + "отправлено.",
    .deskNoDialogue:
      "К какому диалогу? Ответьте командой на сообщение клиента (Reply) или добавьте "
      + "id: «{command} 123456».",
    .deskAlreadyTaken: "Уже взял(а): {operator}",
    .deskTaken: "Диалог ваш",
    .deskNotHeld: "Диалог никто не ведёт",
    .deskTooLate: "Уже неактуально",
    .deskNothingSaid: "В этом разговоре клиент ещё ничего не написал",
    .deskDone: "Готово",
    .deskWorking: "Готовлю…",
    .deskNoOperator: "Такого оператора не знаю. Выберите:",
    .deskChooseOperator: "Кому передать диалог?",
    .deskOnlyYou: "Других операторов пока не видно: пусть коллега напишет боту /help.",
    .deskWaiting: "Ждут человека: {count}",
    .deskMine: "Мои диалоги: {count}",
    .deskNobody: "Никого.",
    .deskWaitingLine: "{name} (id {chat}) — {minutes} мин., {reason}",
    .deskMineLine: "{name} (id {chat}) — {minutes} мин.",
    .deskCannedNone: "Готовых ответов нет. Добавить: /canned add имя текст",
    .deskCannedList: "Готовые ответы (отправить: /canned имя или #имя):",
    .deskCannedSaved: "Сохранено: {name}",
    .deskCannedRemoved: "Удалено: {name}",
    .deskCannedUnknown:
      "Нет готового ответа «{name}». Клиенту ничего не отправлено. Список: /canned",
    .deskCannedUsage:
      "/canned — список\n/canned имя — отправить (или вместо ответа: #имя)\n/canned add имя "
      + "текст — добавить\n/canned remove имя — удалить",
    .deskBanShared:
      "Это общий диалог группы: заблокировать можно только личный диалог человека с ботом.",
    .deskNoteUsage: "Напишите заметку после команды: /note текст",
    .deskEditHint: "Скопируйте, поправьте и отправьте как обычный ответ:",
    .deskUnknownCommand: "Не знаю такой команды. Список — /help.",
    .deskTranscriptCaption: "Переписка: {name} (id {chat})",
    .deskHelp:
      "Отвечайте клиенту через Reply, в теме клиента или так: «id: ответ».\n\n/take — "
      + "взять диалог\n/pass — передать другому оператору\n/return — вернуть боту\n/close "
      + "— завершить\n/transcript — переписка файлом\n/note текст — заметка, клиент не "
      + "увидит\n/canned — готовые ответы (отправить: #имя)\n/draft — черновик ответа от модели\n/summary — "
      + "кратко о диалоге\n/ban, /unban — заблокировать, разблокировать клиента\n/waiting "
      + "— кто ждёт\n/mine — мои диалоги\n/stats — статистика за день\n\nКоманда "
      + "относится к теме, к сообщению, на которое вы отвечаете, или к id после неё.",
    .deskStats:
      "За сегодня\nПередано людям: {requested} ({reasons})\nОтветов операторов: "
      + "{answers}\nПервый ответ: {first}\nСледующий ответ: {next}\nРешение: "
      + "{resolution}\nЖдут сейчас: {waiting}\nВернулось к боту: {returned}\nНе "
      + "дождались: {unclaimed}\nНе доставлено: {undelivered}\nОценка: {rating}",
    .deskNoFigure: "—",
    .transcriptHeader: "Переписка: {name} (id {chat}). Время: UTC.",
    .commandTake: "Взять диалог",
    .commandPass: "Передать другому",
    .commandReturn: "Вернуть боту",
    .commandClose: "Завершить",
    .commandTranscript: "Переписка файлом",
    .commandNote: "Заметка",
    .commandCanned: "Готовые ответы",
    .commandDraft: "Черновик ответа",
    .commandSummary: "Кратко о диалоге",
    .commandBan: "Заблокировать клиента",
    .commandUnban: "Разблокировать",
    .commandWaiting: "Кто ждёт",
    .commandMine: "Мои диалоги",
    .commandStats: "Статистика за день",
  ]
}
