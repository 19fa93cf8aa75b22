extension Texts {
  static let english: [Key: String] = [
    .greeting:
      "Hello, {name}! I am an AI assistant. I will help with any question or task: "
      + "just write to me.",
    .help:
      "Write your question as an ordinary message: I answer and remember what we talk about.\n\n"
      + "/new: start a new dialogue\n"
      + "/forget: forget our conversation\n"
      + "/operator: call a person, once more: back to the bot\n"
      + "/privacy: what is kept about you, and how to erase it\n"
      + "/whoami: show your id and the chat's id\n"
      + "/help: this text\n\n"
      + "In a group, mention me by name or reply to one of my messages.",
    .newDialogue: "A new dialogue begins. What shall we talk about?",
    .forgotten: "I have forgotten our whole previous conversation.",
    .whoami: "Your id: {person}\nChat id: {chat}{topic}",
    .unknownCommand: "I don't know this command. /help lists those that I know.",
    .unsupported: "I understand text, pictures and voice. Please write it in words.",
    .unsupportedPhoto: "I can't see pictures. Please describe in words what is in it.",
    .unsupportedVoice: "I can't hear voice messages. Please write it as text.",
    .tooManyMessages:
      "Too many messages within a minute. Nothing is lost: wait a little and we go on.",
    .stopped: "Stopped",
    .aiNotice: "Answers come from an AI: please double-check what matters.",
    .contextNearlyFull:
      "ℹ️ Please note\nYou are close to the maximum number of tokens: {tokens} ({percent}% of "
      + "{budget}).\nOld messages will gradually leave my memory. If they don't matter, send "
      + "/forget to start afresh.",
    .couldNotProcess: "I could not process this message. Please try to write it differently.",
    .tookTooLong: "The assistant takes too long to answer. Please try again later.",
    .busy: "There are too many requests just now. Please try again in a minute.",
    .couldNotAnswer: "The assistant can't answer just now. Please try again later.",
    .emptyAnswer: "I could not process the request. Please try to rephrase it.",
    .filtered: "I can't answer this question. Please try to ask differently.",
    .questionTooLong: "The message is too long for me. Please split it into parts.",
    .nobody: "traveller",
    .privacy:
      "What is kept: the messages of this dialogue, your id, name and language, "
      + "so that I remember what we talk about. {kept} Your questions are sent to the language "
      + "model that answers them.\n\n/forget: start afresh, /forget all: erase everything that "
      + "is kept about you.",
    .keptForEver: "Messages are kept until you erase them.",
    .keptForDays: "Messages are kept for {days} days and then erased by themselves.",
    .erased: "Everything that was kept about you is erased: messages, files and queues.",
    .started: "Switchboard has started. Version {version}",
    .troubleQuarantined:
      "⚠️ A message could not be processed and was set aside. See: switchboard quarantine list",
    .troubleModelDown: "⚠️ The language model has not answered for several minutes.",
    .troubleKeyRefused: "⚠️ The model's service refuses the key. See OPENAI_API_KEY.",
    .troubleOutOfMoney: "⚠️ The account at the model's service has no money or quota left.",
    .troubleStoreUnwritable: "⚠️ The store can't be written. See the disk's space and rights.",
    .troubleUndelivered: "⚠️ A message could not be delivered. The log has the details.",
    .groupNotHeard:
      "I was added to the group {chat}, but privacy mode is on: there I see only mentions, "
      + "replies to me and commands. To let me see everything, turn it off at @BotFather "
      + "(/setprivacy) and add me to the group again, or make me an administrator.",
    .buttonNew: "🔄 New dialogue",
    .buttonHelp: "ℹ️ Help",
    .wordForget: "forget",
    .commandStart: "Start over",
    .commandHelp: "Help",
    .commandNew: "New dialogue",
    .commandForget: "Forget our conversation",
    .commandPrivacy: "What is kept about me",
    .commandWhoami: "Show ids",
    .systemPrompt:
      "You are a friendly assistant. Answer clearly and to the point, in the language you are "
      + "addressed in. If a question is unclear, ask for details. If you don't know something, "
      + "say so honestly. Don't promise what you can't do yourself.",
  ]
}
