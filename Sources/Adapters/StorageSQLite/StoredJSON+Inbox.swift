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
    case .timer: json.case("timer")
    case .place(let place): json.case("place") { $0.member("_0", place) }
    case .relaySettled(let position, let outcome):
      json.case("relaySettled") { json in
        json.member("_0", position)
        json.member("_1", outcome)
      }
    case .answersWithdrawn(let positions):
      json.case("answersWithdrawn") { $0.member("_0", positions) }
    case .staffChatLost(let chat, let topicOnly):
      json.case("staffChatLost") { json in
        json.member("_0", chat)
        json.member("topicOnly", topicOnly)
      }
    case .staffTopicMade(let chat): json.case("staffTopicMade") { $0.member("_0", chat) }
    case .operatorLost(let person): json.case("operatorLost") { $0.member("_0", person) }
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
    case .handedOver(let job, let text, let summary, let reason, let heard):
      json.case("handedOver") { json in
        json.member("job", job)
        json.member("text", text)
        json.member("summary", summary)
        json.member("reason", reason)
        json.member("heard", HeardWords(words: heard))
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
    case .pressed(let press): json.case("pressed") { $0.member("_0", press) }
    case .memberChanged(let chat, let person, let isMember):
      json.case("memberChanged") { json in
        json.member("chat", chat)
        json.member("person", person)
        json.member("isMember", isMember)
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
      json.member("entities", entities)
      json.member("repliesTo", repliesTo)
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
