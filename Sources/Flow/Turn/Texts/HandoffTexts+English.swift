extension Texts {
  static let englishHandoff: [Key: String] = [
    .operatorRequested:
      "I am connecting you to a person. Write what matters: the operator will read it.",
    .operatorsAway:
      "I am connecting you to a person. It is outside working hours; operators are back "
      + "{time}. Leave a message and it will be read and answered. Going on with the bot "
      + "cancels the request.",
    .queuePlace: "Your place in the queue: {place}. An operator will join soon.",
    .queueLeft: "The wait is over.",
    .operatorsBusy:
      "All operators are busy. Your message is not lost: you will get an answer as soon "
      + "as possible. Going on with the bot cancels the request.",
    .noOperators:
      "Sorry, there are no operators here: only the bot answers. Write your question "
      + "and I will try to help.",
    .operatorOffered: "Shall I call a person?",
    .operatorOfferedTooMany:
      "Too many messages within a minute. Nothing is lost: wait a little. Shall I call "
      + "a person?",
    .offerDeclined: "All right, let's go on.",
    .operatorConnected: "An operator has joined the dialogue",
    .requestCancelled: "The request is cancelled: the bot answers again.",
    .requestUnanswered: "Sorry, no operator became free. The bot answers again.",
    .requestReturned: "No operator will join for now. The bot answers again.",
    .operatorDisconnected: "The operator has left the dialogue",
    .operatorDisconnectedTimeout:
      "The operator has left the dialogue: there were no messages for long. The bot "
      + "answers again.",
    .dialogueClosed: "The dialogue is closed. If you have another question, just write.",
    .newDialogueWithOperator: "We start afresh. You stay in touch with the operator.",
    .ratingAsked: "Please rate the help: from 1 to 5.",
    .ratingThanks: "Thank you for the rating!",
    .commentAsked: "Write your comment as one message.",
    .commentThanks: "Thank you, we passed it on.",
    .banned: "An operator has stopped this conversation.",
    .operatorAnswer: "Operator's answer: {text}",
    .buttonOperator: "Connect/disconnect operator",
    .buttonCallOperator: "Call a person",
    .buttonNoOperator: "No, thanks",
    .buttonKeepBot: "Go on with the bot",
    .buttonCancelRequest: "Cancel",
    .buttonComment: "Leave a comment",
    .pressTooLate: "No longer possible",
    .commandOperator: "Call or dismiss an operator",
    .troubleStaffUnreachable:
      "⚠️ The operators' chat can't be reached: the bot can't write there. See "
      + "OPERATOR_CHAT_ID and the bot's rights.",
    .troubleTopicsRefused:
      "⚠️ The bot can't make topics in the operators' group. Give it the right to "
      + "manage topics.",
  ]
}
