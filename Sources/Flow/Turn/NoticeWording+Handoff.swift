internal import Conversation
internal import Gateways
internal import Storage

/// What customers read about operators, and the buttons that go with it.
extension NoticeWording {
  /// The words of a notice about operators; nil for any other.
  func handoffWords(_ notice: Notice, in language: Language) -> String? {
    func text(_ key: Texts.Key, _ values: [String: String] = [:]) -> String {
      texts.text(key, in: language, values)
    }
    switch notice {
    case .operatorRequested: return text(.operatorRequested)
    case .operatorsAway(let until):
      return text(.operatorsAway, ["time": clockFace(until, language)])
    case .queuePlace(let place, _): return text(.queuePlace, ["place": "\(place)"])
    case .queueLeft: return text(.queueLeft)
    case .operatorsBusy: return text(.operatorsBusy)
    case .noOperators: return text(.noOperators)
    case .operatorOffered(_, tooMany: true): return text(.operatorOfferedTooMany)
    case .operatorOffered(let failure?, tooMany: false):
      return text(key(failure)) + "\n\n" + text(.operatorOffered)
    case .operatorOffered(nil, tooMany: false): return text(.operatorOffered)
    case .offerDeclined: return text(.offerDeclined)
    case .operatorConnected(let name): return text(.operatorConnected, ["name": name])
    case .requestEnded(.customer): return text(.requestCancelled)
    case .requestEnded(.timeout): return text(.requestUnanswered)
    case .requestEnded(.operator), .requestEnded(.forgotten): return text(.requestReturned)
    case .operatorDisconnected(.timeout): return text(.operatorDisconnectedTimeout)
    case .operatorDisconnected: return text(.operatorDisconnected)
    case .dialogueClosed: return text(.dialogueClosed)
    case .newDialogueWithOperator: return text(.newDialogueWithOperator)
    case .ratingAsked: return text(.ratingAsked)
    case .ratingThanks: return text(.ratingThanks)
    case .commentAsked: return text(.commentAsked)
    case .commentThanks: return text(.commentThanks)
    case .banned: return text(.banned)
    default: return nil
    }
  }

  /// The buttons under a notice. In private chats the place in the queue follows with the button that
  /// withdraws the request.
  func buttons(_ notice: Notice, in language: Language, isPrivate: Bool) -> [[InlineButton]]? {
    func button(_ key: Texts.Key, _ choice: CustomerChoice) -> InlineButton {
      InlineButton(texts.text(key, in: language), data: ButtonData.customer(choice).text)
    }
    switch notice {
    case .operatorOffered:
      return [
        [button(.buttonCallOperator, .acceptOperator), button(.buttonNoOperator, .declineOperator)]
      ]
    case .operatorRequested where isPrivate: return nil
    case .operatorRequested, .queuePlace: return [[button(.buttonCancelRequest, .keepBot)]]
    case .operatorsAway, .operatorsBusy: return [[button(.buttonKeepBot, .keepBot)]]
    case .ratingAsked:
      return [
        (1...5).map {
          InlineButton("\($0)", data: ButtonData.customer(.rate($0)).text)
        }
      ]
    case .ratingThanks: return [[button(.buttonComment, .comment)]]
    default: return nil
    }
  }

  /// The message that a notice shows anew in its place.
  func slot(_ notice: Notice) -> Slot? {
    switch notice {
    case .queuePlace(_, let isFirst): Slot(.queue, isNew: isFirst)
    case .queueLeft: Slot(.queue)
    default: nil
    }
  }
}
