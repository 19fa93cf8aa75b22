internal import Conversation

/// What a model is asked to do, besides what the assistant's own instructions say. The words here
/// are for models; people never see them.
enum Brief: Equatable, Sendable {
  /// To answer, where there are no operators to speak of.
  case answer
  /// To answer, or to call an operator by the tool. `repairing`: it promised one without the call.
  case answerOrCall(repairing: Bool)
  /// To answer, and to point to an operator, since it can call none.
  case answerOrPoint(repairing: Bool)
  /// To write what an operator could answer.
  case suggestion
  /// To sum the dialogue up for an operator.
  case summary

  /// Whether the tool is offered.
  var offersTool: Bool {
    switch self {
    case .answerOrCall: true
    case .answer, .answerOrPoint, .suggestion, .summary: false
    }
  }

  /// The brief with less to say, for when there is no room for this one.
  var shorter: Brief? {
    switch self {
    case .answerOrCall, .answerOrPoint: .answer
    case .answer, .suggestion, .summary: nil
    }
  }

  /// The system turn, with the assistant's own instructions, `base`, before all else. Operators'
  /// words and remarks are explained where any occur in what follows.
  func system(base: String, question: Question, tellsOfPeople: Bool) -> String {
    let russian = question.language == .russian
    let words = russian ? BriefWords.russian : .english
    let point = question.isPrivate ? words.pointInPrivate : words.pointInGroup
    var parts: [String] = []
    switch self {
    case .answer:
      parts = [base]
    case .answerOrCall(let repairing):
      parts = [base, words.call]
      if repairing { parts.append(words.repairByCall) }
    case .answerOrPoint(let repairing):
      parts = [base, point]
      if repairing { parts.append(words.repairByPointing) }
    case .suggestion:
      parts = [base, words.suggestion]
    case .summary:
      parts = [words.summary]
    }
    if tellsOfPeople { parts.insert(words.notation, at: parts.count > 1 ? 1 : parts.count) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

extension Brief {
  /// The turns as one turn of a user's, for a model that shall not go on with the dialogue but look
  /// at it from outside.
  static func record(of turns: [ContextTurn], language: Language) -> [ContextTurn] {
    let words = language == .russian ? BriefWords.russian : .english
    let said = turns.compactMap { turn -> String? in
      switch turn.role {
      case .system: nil
      case .user: words.customer + ": " + turn.text
      case .assistant: words.assistant + ": " + turn.text
      }
    }
    let record = ContextTurn(
      role: .user, text: said.joined(separator: "\n\n"), pictures: turns.flatMap(\.pictures))
    return turns.filter { $0.role == .system } + [record]
  }
}

/// The words of briefs in one language.
private struct BriefWords {
  var call: String
  var pointInPrivate: String
  var pointInGroup: String
  var repairByCall: String
  var repairByPointing: String
  var suggestion: String
  var summary: String
  var notation: String
  var customer: String
  var assistant: String

  static let english = BriefWords(
    call: """
      Human operators work beside you. Call the tool hand_over_to_operator when the person asks \
      for a human, or when you cannot help them. Never say or promise that a human is being \
      called, will join or will write unless you call the tool in the same answer. Only the \
      person's last message counts: what they asked of a human earlier has been dealt with.
      """,
    pointInPrivate: """
      Human operators work beside you, but you cannot call one. When the person asks for a human, \
      or you cannot help them, tell them to press the operator button below the input field or to \
      send /operator. Never promise that a human is being called, will join or will write.
      """,
    pointInGroup: """
      Human operators work beside you, but you cannot call one. When somebody asks for a human, \
      or you cannot help them, tell them to send /operator. Never promise that a human is being \
      called, will join or will write.
      """,
    repairByCall: """
      Your last draft promised a human, but you did not call hand_over_to_operator; it was thrown \
      away. Now either call the tool, or answer without promising or announcing a human.
      """,
    repairByPointing: """
      Your last draft promised a human, whom you cannot call; it was thrown away. Answer without \
      promising or announcing a human; say how the person can call one.
      """,
    suggestion: """
      Now you help a human operator. Write the answer that the operator could send to the \
      customer's last message. Write its words only: no greeting to the operator, no explanation, \
      no quotation marks, no name in front.
      """,
    summary: """
      The user shows you a customer's dialogue with a company. Sum it up for the operator who \
      takes it over, in at most five lines: what the customer wants, what was tried, what is \
      open. Only what was said; do not answer the customer.
      """,
    notation: """
      In the dialogue, words after “[Name, operator]:” were written by a human operator, and \
      remarks in brackets tell what happened. Never write either yourself.
      """,
    customer: "Customer", assistant: "Assistant")

  static let russian = BriefWords(
    call: """
      Рядом с тобой работают люди-операторы. Вызови инструмент hand_over_to_operator, когда \
      собеседник просит человека или когда ты не можешь помочь. Никогда не говори и не обещай, \
      что человека зовут, что он подключится или напишет, если не вызываешь инструмент в этом же \
      ответе. Важно только последнее сообщение собеседника: прежние просьбы позвать человека уже \
      выполнены.
      """,
    pointInPrivate: """
      Рядом с тобой работают люди-операторы, но ты не можешь их позвать. Когда собеседник просит \
      человека или ты не можешь помочь, посоветуй нажать кнопку оператора под полем ввода или \
      отправить /operator. Никогда не обещай, что человека зовут, что он подключится или напишет.
      """,
    pointInGroup: """
      Рядом с тобой работают люди-операторы, но ты не можешь их позвать. Когда кто-то просит \
      человека или ты не можешь помочь, посоветуй отправить /operator. Никогда не обещай, что \
      человека зовут, что он подключится или напишет.
      """,
    repairByCall: """
      В прошлом черновике ты обещаешь человека, но не вызываешь hand_over_to_operator; черновик \
      выброшен. Теперь либо вызови инструмент, либо ответь, не обещая человека и не объявляя о нём.
      """,
    repairByPointing: """
      В прошлом черновике ты обещаешь человека, которого не можешь позвать; черновик выброшен. \
      Ответь, не обещая человека и не объявляя о нём; скажи, как собеседник может позвать его сам.
      """,
    suggestion: """
      Сейчас ты помогаешь оператору. Напиши ответ, который оператор мог бы отправить на последнее \
      сообщение клиента. Только слова ответа: без обращения к оператору, пояснений, кавычек и \
      имени в начале.
      """,
    summary: """
      Пользователь показывает тебе диалог клиента с компанией. Подведи итог для оператора, \
      который его принимает, не больше чем в пяти строках: чего хочет клиент, что уже пробовали, \
      что осталось открытым. Только то, что было сказано; клиенту не отвечай.
      """,
    notation: """
      Слова после «[Имя, operator]:» в диалоге написал человек-оператор, а замечания в скобках \
      говорят, что произошло. Сам не пиши ни того, ни другого.
      """,
    customer: "Клиент", assistant: "Ассистент")
}

extension Message.Role {
  /// Whether it tells of an operator.
  var isOfPeople: Bool {
    switch self {
    case .operator, .mark: true
    case .customer, .assistant, .note, .suggestion: false
    }
  }
}
