extension Texts {
  static let englishStaff: [Key: String] = [
    .staffRequested: "🙋 A person is wanted",
    .staffOperated: "🟢 In work: {operator}",
    .staffEnded: "⚪️ Request ended",
    .staffCustomer: "👤 {name} (id {chat})",
    .staffGroup: "👥 This is a group: all its members will see the answer.",
    .staffReason: "Reason: {reason}",
    .staffSummary: "Summary: {summary}",
    .staffSummaryLocal: "recent messages of the customer: {count}, the first of them: {first}",
    .staffHistory: "Conversation:",
    .staffHint: "Use Reply on a message, or write “{chat}: answer”.",
    .staffHintTopic: "Write in this topic: the customer gets your answer.",
    .reasonButton: "the button",
    .reasonWords: "asked in words",
    .reasonOffer: "the bot's offer",
    .reasonModel: "the model's decision",
    .reasonPromise: "the model promised a person",
    .reasonFailure: "the model did not answer",
    .reasonComplaints: "the bot did not help",
    .reasonLimit: "too many messages",
    .reasonApi: "asked over the API",
    .reasonOperatorGone: "the former operator is gone",
    .saidByBot: "Bot",
    .saidByOperator: "Operator {name}",
    .saidNote: "Note by {name}",
    .saidSuggestion: "Draft",
    .markRequested: "— the customer waits for a person —",
    .markCame: "— an operator joined —",
    .markBack: "— the bot answers again —",
    .markClosed: "— the dialogue was closed —",
    .staffReminder: "⏰ Has been waiting for {minutes} min.",
    .staffWithdrawn: "The customer withdrew the request; the bot answers.",
    .staffPassed: "Dialogue passed: {from} → {to}",
    .staffReturned: "The dialogue is the bot's again.",
    .staffReturnedByCustomer: "The customer dismissed the operator; the bot answers.",
    .staffReturnedTimeout: "Time is up: the dialogue is the bot's again.",
    .staffReturnedForgotten:
      "The customer erased their data; the dialogue is the bot's again.",
    .staffClosed: "Dialogue closed: {operator}",
    .staffCustomerEdited: "✏️ The customer changed a message: {text}",
    .staffAnswerWithdrawn:
      "The bot's last answer was not sent to the customer: an operator took the dialogue.",
    .staffNote: "📝 {operator}: {text}",
    .staffUndelivered: "❗️ Not delivered.",
    .staffBlocked: "❗️ Not delivered: the customer blocked the bot.",
    .staffCustomerLeft: "The customer blocked the bot or left the chat.",
    .staffSuggestion: "✨ Draft answer:\n{text}",
    .staffModelSummary: "📋 Summary:\n{text}",
    .staffNoAssistance: "The model can't help just now.",
    .staffRated: "The customer's rating: {stars} of 5",
    .staffComment: "Comment on the rating: {text}",
    .staffBanned: "The customer is banned.",
    .staffUnbanned: "The customer is no longer banned.",
    .staffAlbum: "Attachments: {count}",
    .staffTake: "Take",
    .staffTranscript: "Transcript",
    .staffDraft: "✨ Draft",
    .staffSummarize: "📋 Summary",
    .staffRelease: "Return to bot",
    .staffClose: "Close",
    .staffResend: "🔁 Send again",
    .staffSend: "✅ Send",
    .staffEdit: "✏️ Edit",
    .staffDrop: "❌ Drop",
    .deskWrongForm:
      "Wrong form of message. Use 'chat_id: message', or Reply to a message of the "
      + "customer. Nothing was sent to any customer. Commands: /help.",
    .deskUnknownCustomer:
      "Customer {chat} is not known: they have not written to the bot yet. Nothing was "
      + "sent.",
    .deskAmbiguous:
      "Several dialogues of chat {chat} are with operators, and the id does not tell which one is "
      + "meant. Reply to a message of the customer.",
    .deskErased:
      "The customer erased their data, so this topic leads to nobody any more: nothing was "
      + "sent.",
    .deskNoDialogue:
      "Which dialogue? Send the command as a Reply to a message of the customer, or add "
      + "the id: “{command} 123456”.",
    .deskAlreadyTaken: "Already taken by {operator}",
    .deskTaken: "The dialogue is yours",
    .deskNotHeld: "Nobody holds the dialogue",
    .deskTooLate: "No longer possible",
    .deskNothingSaid: "The customer has not written anything in this conversation yet",
    .deskDone: "Done",
    .deskWorking: "Working on it…",
    .deskNoOperator: "I don't know this operator. Choose:",
    .deskChooseOperator: "To whom shall the dialogue go?",
    .deskOnlyYou: "No other operators are known yet: a colleague should write /help to the bot.",
    .deskWaiting: "Waiting for a person: {count}",
    .deskMine: "My dialogues: {count}",
    .deskNobody: "Nobody.",
    .deskWaitingLine: "{name} (id {chat}), {minutes} min., {reason}",
    .deskMineLine: "{name} (id {chat}), {minutes} min.",
    .deskCannedNone: "There are no canned answers. Add one: /canned add name text",
    .deskCannedList: "Canned answers (send: /canned name or #name):",
    .deskCannedSaved: "Saved: {name}",
    .deskCannedRemoved: "Removed: {name}",
    .deskCannedUnknown:
      "There is no canned answer “{name}”. The customer got nothing. List: /canned",
    .deskCannedUsage:
      "/canned: list\n/canned name: send (or #name in the place of an answer)\n/canned add name "
      + "text: add\n/canned remove name: remove",
    .deskBanShared:
      "This dialogue is shared by a group: only a person's own dialogue can be banned.",
    .deskNoteUsage: "Write the note after the command: /note text",
    .deskEditHint: "Copy, correct and send it as an ordinary answer:",
    .deskUnknownCommand: "I don't know this command. /help lists those that I know.",
    .deskTranscriptCaption: "Transcript: {name} (id {chat})",
    .deskHelp:
      "Answer customers by Reply, in the customer's topic, or as “id: "
      + "answer”.\n\n/take: take the dialogue\n/pass: give it to another "
      + "operator\n/return: give it back to the bot\n/close: close it\n/transcript: the "
      + "transcript as a file\n/note text: a note that the customer never sees\n/canned: "
      + "canned answers (send: #name)\n/draft: a draft answer by the model\n/summary: sum the dialogue "
      + "up\n/ban, /unban: ban the customer or let them again\n/waiting: who "
      + "waits\n/mine: my dialogues\n/stats: figures of the day\n\nA command concerns the "
      + "topic, the message you reply to, or the id after it.",
    .deskStats:
      "Today\nHanded to people: {requested} ({reasons})\nOperators' answers: "
      + "{answers}\nFirst response: {first}\nNext response: {next}\nResolution: "
      + "{resolution}\nWaiting now: {waiting}\nBack to the bot: {returned}\nUnclaimed: "
      + "{unclaimed}\nUndelivered: {undelivered}\nRating: {rating}",
    .deskNoFigure: "–",
    .transcriptHeader: "Conversation with {name} (id {chat}). Times are UTC.",
    .commandTake: "Take the dialogue",
    .commandPass: "Give it to another",
    .commandReturn: "Return to the bot",
    .commandClose: "Close",
    .commandTranscript: "Transcript as a file",
    .commandNote: "Note",
    .commandCanned: "Canned answers",
    .commandDraft: "Draft answer",
    .commandSummary: "Sum up",
    .commandBan: "Ban the customer",
    .commandUnban: "Unban",
    .commandWaiting: "Who waits",
    .commandMine: "My dialogues",
    .commandStats: "Figures of the day",
  ]
}
