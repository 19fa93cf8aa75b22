internal import Conversation
internal import Platform

extension StoredJSON where Self: Identifier {
  func write(to json: inout JSONWriter) { json.integer(rawValue) }
}

extension AnswerJobID: StoredJSON {}
extension ChatID: StoredJSON {}
extension ConversationID: StoredJSON {}
extension MessageID: StoredJSON {}
extension PersonID: StoredJSON {}
extension Position: StoredJSON {}
extension TopicID: StoredJSON {}

extension AttachmentKind: StoredJSON {}
extension AnswerFailure: StoredJSON {}
extension Language: StoredJSON {}
extension Trouble: StoredJSON {}

extension Instant: StoredJSON {
  func write(to json: inout JSONWriter) { json.integer(milliseconds) }
}

extension Dialogue: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id)
      json.member("state", state)
      json.member("queue", queue)
      json.member("nextPosition", nextPosition)
      json.member("contextStart", contextStart)
      json.member("jobs", jobs)
      json.member("introduced", introduced)
      json.member("warnedOfFullContext", warnedOfFullContext)
      json.member("recent", recent)
      json.member("reachable", reachable)
      json.member("lastAnswered", lastAnswered)
      json.member("topicIsUnnamed", topicIsUnnamed)
      json.member("desk", desk)
    }
  }
}

extension DialogueState: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .bot(let awaiting): json.case("bot") { $0.member("awaiting", awaiting) }
    case .waiting(let request): json.case("waiting") { $0.member("_0", request) }
    case .operated(let assignment): json.case("operated") { $0.member("_0", assignment) }
    case .closed(let time): json.case("closed") { $0.member("at", time) }
    }
  }
}

extension DialogueState.Awaited: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("job", job)
      json.member("appeared", appeared)
    }
  }
}

extension Answered: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("questions", questions)
      json.member("answer", answer)
      json.member("at", at)
    }
  }
}

extension Question: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("position", position)
      json.member("messageID", messageID)
      json.member("person", person)
      json.member("language", language)
      json.member("at", at)
      json.member("isPrivate", isPrivate)
      json.member("attachments", attachments)
      json.member("fingerprint", fingerprint)
      json.member("gist", gist)
    }
  }
}

extension AnswerJob: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id)
      json.member("questions", questions)
      json.member("contextStart", contextStart)
      json.member("replaces", replaces)
      json.member("assistance", assistance)
    }
  }
}

extension RecentQuestion: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("person", person)
      json.member("at", at)
      json.member("refused", refused)
    }
  }
}

extension Attachment: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("kind", kind)
      json.member("fileID", fileID)
      json.member("mediaType", mediaType)
    }
  }
}

extension Speaker: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id)
      json.member("name", name)
      json.member("language", language)
    }
  }
}
