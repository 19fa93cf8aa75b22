internal import Conversation
internal import Platform

extension Notice: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .greeting(let name): json.case("greeting") { $0.member("name", name) }
    case .help: json.case("help")
    case .newDialogue: json.case("newDialogue")
    case .forgotten: json.case("forgotten")
    case .erased: json.case("erased")
    case .privacy(let days): json.case("privacy") { $0.member("retentionDays", days) }
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
    case .operatorRequested: json.case("operatorRequested")
    case .operatorsAway(let until): json.case("operatorsAway") { $0.member("until", until) }
    case .queuePlace(let place, let isFirst):
      json.case("queuePlace") { json in
        json.member("_0", place)
        json.member("isFirst", isFirst)
      }
    case .queueLeft: json.case("queueLeft")
    case .operatorsBusy: json.case("operatorsBusy")
    case .noOperators: json.case("noOperators")
    case .operatorOffered(let failure, let tooMany):
      json.case("operatorOffered") { json in
        json.member("after", failure)
        json.member("tooMany", tooMany)
      }
    case .offerDeclined: json.case("offerDeclined")
    case .operatorConnected(let name): json.case("operatorConnected") { $0.member("name", name) }
    case .requestEnded(let cause): json.case("requestEnded") { $0.member("_0", cause) }
    case .operatorDisconnected(let cause):
      json.case("operatorDisconnected") { $0.member("_0", cause) }
    case .dialogueClosed: json.case("dialogueClosed")
    case .newDialogueWithOperator: json.case("newDialogueWithOperator")
    case .ratingAsked: json.case("ratingAsked")
    case .ratingThanks: json.case("ratingThanks")
    case .commentAsked: json.case("commentAsked")
    case .commentThanks: json.case("commentThanks")
    case .banned: json.case("banned")
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
