internal import Conversation
internal import Gateways
internal import Platform
internal import Storage

extension InboundMessage.Addressee: StoredJSON {}

extension InboxEvent: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .update(let update): json.case("update") { $0.member("_0", update) }
    case .answer(let outcome): json.case("answer") { $0.member("_0", outcome) }
    case .answerAppeared(let job): json.case("answerAppeared") { $0.member("_0", job) }
    case .unreachable: json.case("unreachable")
    case .announcement(let notice): json.case("announcement") { $0.member("_0", notice) }
    case .unusable(let body, let reason):
      json.case("unusable") { json in
        json.member("body", body)
        json.member("reason", reason)
      }
    }
  }
}

extension AnswerOutcome: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .ready(let job, let text, let use, let heard):
      json.case("ready") { json in
        json.member("job", job)
        json.member("text", text)
        json.member("use", use)
        json.member("heard", HeardWords(words: heard))
      }
    case .failed(let job, let failure):
      json.case("failed") { json in
        json.member("job", job)
        json.member("_1", failure)
      }
    case .stopped(let job, let text):
      json.case("stopped") { json in
        json.member("job", job)
        json.member("text", text)
      }
    }
  }
}

/// A dictionary whose keys are no strings is an array: key, value, key, value.
private struct HeardWords: StoredJSON {
  var words: [MessageID: String]

  func write(to json: inout JSONWriter) {
    json.array { json in
      for (message, text) in words {
        message.write(to: &json)
        text.write(to: &json)
      }
    }
  }
}

extension ContextUse: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("tokens", tokens)
      json.member("budget", budget)
      json.member("isNearlyFull", isNearlyFull)
    }
  }
}

extension InboundUpdate: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id)
      json.member("kind", kind)
    }
  }
}

extension InboundUpdate.Kind: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .message(let message): json.case("message") { $0.member("_0", message) }
    case .editedMessage(let message): json.case("editedMessage") { $0.member("_0", message) }
    case .generationStopped(let chat, let topic, let draftID):
      json.case("generationStopped") { json in
        json.member("chat", chat)
        json.member("topic", topic)
        json.member("draftID", draftID)
      }
    case .membershipChanged(let chat, let isPrivate, let reachable):
      json.case("membershipChanged") { json in
        json.member("chat", chat)
        json.member("isPrivate", isPrivate)
        json.member("reachable", reachable)
      }
    case .topicCreated(let chat, let topic, let isPrivate, let nameIsImplicit):
      json.case("topicCreated") { json in
        json.member("chat", chat)
        json.member("topic", topic)
        json.member("isPrivate", isPrivate)
        json.member("nameIsImplicit", nameIsImplicit)
      }
    case .migrated(let from, let to):
      json.case("migrated") { json in
        json.member("from", from)
        json.member("to", to)
      }
    case .ignored(let kind): json.case("ignored") { $0.member("kind", kind) }
    }
  }
}

extension InboundMessage: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("chat", chat)
      json.member("isPrivate", isPrivate)
      json.member("topic", topic)
      json.member("id", id)
      json.member("ephemeralID", ephemeralID)
      json.member("speaker", speaker)
      json.member("date", date)
      json.member("editDate", editDate)
      json.member("text", text)
      json.member("command", command)
      json.member("addressee", addressee)
      json.member("quoted", quoted)
      json.member("attachment", attachment)
      json.member("album", album)
    }
  }
}

extension InboundMessage.Command: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("argument", argument)
    }
  }
}

extension Notice: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .greeting(let name): json.case("greeting") { $0.member("name", name) }
    case .help: json.case("help")
    case .newDialogue: json.case("newDialogue")
    case .forgotten: json.case("forgotten")
    case .erased: json.case("erased")
    case .privacy(let messages, let days):
      json.case("privacy") { json in
        json.member("messages", messages)
        json.member("retentionDays", days)
      }
    case .whoami(let person, let place):
      json.case("whoami") { json in
        json.member("person", person)
        json.member("place", place)
      }
    case .unknownCommand: json.case("unknownCommand")
    case .unsupported(let kind): json.case("unsupported") { $0.member("_0", kind) }
    case .tooManyMessages: json.case("tooManyMessages")
    case .stopped: json.case("stopped")
    case .failure(let failure): json.case("failure") { $0.member("_0", failure) }
    case .contextNearlyFull(let use): json.case("contextNearlyFull") { $0.member("_0", use) }
    case .couldNotProcess: json.case("couldNotProcess")
    case .groupNotHeard(let chat): json.case("groupNotHeard") { $0.member("_0", chat) }
    case .started(let version): json.case("started") { $0.member("version", version) }
    case .trouble(let trouble): json.case("trouble") { $0.member("_0", trouble) }
    }
  }
}

extension CustomerMessage.Place: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("chat", chat)
      json.member("topic", topic)
      json.member("isPrivate", isPrivate)
    }
  }
}
