internal import Conversation
internal import Gateways
internal import Platform
internal import Storage

// What is stored of operators and of the way between them and customers.

extension OperatorID: StoredJSON {}
extension AnswerJob.Assistance: StoredJSON {}
extension HandoffReason: StoredJSON {}
extension ReturnCause: StoredJSON {}
extension Slot.Name: StoredJSON {}

// MARK: Dialogues

extension HandoffRequest: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("since", since)
      json.member("reason", reason)
      json.member("announcedIn", announcedIn)
      json.member("lastSign", lastSign)
      json.member("stage", stage.rawValue)
      json.member("due", due)
      json.member("place", place)
      json.member("unheard", unheard)
    }
  }
}

extension Assignment: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("by", by)
      json.member("chat", chat)
      json.member("readers", readers)
      json.member("requestedAt", requestedAt)
      json.member("since", since)
      json.member("lastSign", lastSign)
      json.member("due", due)
      json.member("hasAnswered", hasAnswered)
      json.member("unansweredSince", unansweredSince)
      json.member("unheard", unheard)
    }
  }
}

extension DeskMemory: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("audience", audience)
      json.member("customer", customer)
      json.member("forums", forums)
      json.member("isBanned", isBanned)
      json.member("wasToldOfBan", wasToldOfBan)
      json.member("complaints", complaints)
      json.member("assistance", assistance)
      json.member("suggestion", suggestion)
      json.member("awaitsRating", awaitsRating)
      json.member("awaitsComment", awaitsComment)
      json.member("declinedAt", declinedAt)
      json.member("lastOperator", lastOperator)
      json.member("returns", returns)
    }
  }
}

extension DeskMemory.Assistance: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("kind", kind)
      json.member("job", job)
      json.member("chat", chat)
    }
  }
}

extension Audience: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("language", language)
      json.member("isPrivate", isPrivate)
    }
  }
}

extension Operator: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id)
      json.member("name", name)
    }
  }
}

extension StaffMessage: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("chat", chat)
      json.member("id", id)
    }
  }
}

// MARK: Events

extension RelayOutcome: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .delivered: json.case("delivered")
    case .blocked: json.case("blocked")
    case .undelivered: json.case("undelivered")
    }
  }
}

extension ButtonPress: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id)
      json.member("chat", chat)
      json.member("isPrivate", isPrivate)
      json.member("topic", topic)
      json.member("message", message)
      json.member("speaker", speaker)
      json.member("data", data)
    }
  }
}

extension DeskLogEntry.Kind: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .requested(let reason): json.case("requested") { $0.member("_0", reason) }
    case .withdrawn: json.case("withdrawn")
    case .taken(let person, let waited):
      json.case("taken") { json in
        json.member("_0", person)
        json.member("waited", waited)
      }
    case .passed(let from, let to):
      json.case("passed") { json in
        json.member("from", from)
        json.member("to", to)
      }
    case .customerWrote: json.case("customerWrote")
    case .answered(let person, let first, let next):
      json.case("answered") { json in
        json.member("_0", person)
        json.member("first", first)
        json.member("next", next)
      }
    case .returned(let cause, let person):
      json.case("returned") { json in
        json.member("_0", cause)
        json.member("_1", person)
      }
    case .closed(let person, let resolution):
      json.case("closed") { json in
        json.member("_0", person)
        json.member("resolution", resolution)
      }
    case .reminded: json.case("reminded")
    case .unclaimed: json.case("unclaimed")
    case .undelivered: json.case("undelivered")
    case .rated(let rating): json.case("rated") { $0.member("_0", rating) }
    }
  }
}

// MARK: Messages

extension MessageCopy: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("from", from)
      json.member("messages", messages)
      json.member("caption", caption)
      json.member("fallback", fallback)
    }
  }
}

extension InlineButton: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("label", label)
      json.member("data", data)
    }
  }
}

extension StaffDestination: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("chat", chat)
      json.member("topicName", topicName)
    }
  }
}

extension Relay: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .toStaff(let messages): json.case("toStaff") { $0.member("_0", messages) }
    case .toCustomer(let source): json.case("toCustomer") { $0.member("_0", source) }
    }
  }
}

extension RelayReference: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .replyToCustomer(let message):
      json.case("replyToCustomer") { $0.member("_0", message) }
    case .replyToStaff(let message): json.case("replyToStaff") { $0.member("_0", message) }
    case .edit(let message): json.case("edit") { $0.member("_0", message) }
    }
  }
}

extension Slot: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("isNew", isNew)
    }
  }
}
