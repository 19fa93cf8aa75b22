/// What the stand-in model does where operators are concerned.
///
/// - A question with «сложный вопрос» or "complicated issue" calls `hand_over_to_operator`, when
///   that tool is offered.
/// - A question with «про обещание» or "about promises" is answered by the promise of one
///   in words; once an instruction follows the question, the promise is kept: by the tool when it is
///   offered, else by words that promise nothing.
/// - An instruction that asks for a summary, or for an answer to suggest to an operator, gets one.
extension ModelAnswers {
  /// A call of a tool.
  struct ToolCall: Equatable {
    var name: String
    /// The arguments, as a JSON text.
    var arguments: String
  }

  /// The tool by which the model hands over to a person.
  static let handOverTool = "hand_over_to_operator"

  /// The tool that the model calls instead of answering; nil when it answers.
  static func toolCall(for request: ModelRequest) -> ToolCall? {
    guard request.tools.contains(handOverTool),
      request.messages.last(where: { $0.role != "system" && $0.role != "developer" })?.role
        == "user"
    else { return nil }
    let isAsked = mentions(request.question, hardWords)
    let isRepaired = mentions(request.question, promiseWords) && isInstructedAnew(request)
    guard isAsked || isRepaired else { return nil }
    let language = Language(of: request.question)
    let arguments: JSONValue =
      switch language {
      case .russian:
        [
          "reason": "Вопрос требует решения человека",
          "summary": .string("Клиент пишет: «\(clip(request.question))»"),
        ]
      case .english:
        [
          "reason": "The question needs a person's decision",
          "summary": .string("The customer writes: “\(clip(request.question))”"),
        ]
      }
    return ToolCall(
      name: handOverTool, arguments: String(decoding: arguments.bytes, as: UTF8.self))
  }

  /// The words that answer a request about operators; nil for every other.
  static func operatorWords(to request: ModelRequest) -> String? {
    let question = request.question
    let language = Language(of: question)
    if let wish = assistance(of: request) {
      return wish == .summary ? summary(of: request) : suggestion(to: request)
    }
    guard mentions(question, promiseWords) else { return nil }
    switch (language, isInstructedAnew(request)) {
    case (.russian, false): return "Сейчас соединю вас с оператором."
    case (.english, false): return "I am connecting you with an operator now."
    case (.russian, true):
      return "Я помогу сам. Если нужен человек, нажмите кнопку «Подключить оператора»."
    case (.english, true):
      return "I will help you myself. If you need a person, press the operator button."
    }
  }

  private enum Assistance { case summary, suggestion }

  private static let hardWords = ["сложный вопрос", "complicated issue", "complicated question"]
  private static let promiseWords = ["про обещание", "about promises"]

  /// What the newest instruction asks for. With tools offered it is the assistant's standing one,
  /// which may speak of all that.
  private static func assistance(of request: ModelRequest) -> Assistance? {
    guard request.tools.isEmpty,
      let instruction = request.messages.last(where: {
        $0.role == "system" || $0.role == "developer"
      })?.text.lowercased()
    else { return nil }
    if mentions(instruction, ["sum it up for the operator", "подведи итог для оператора"]) {
      return .summary
    }
    let wishes = ["you help a human operator", "ты помогаешь оператору"]
    return mentions(instruction, wishes) ? .suggestion : nil
  }

  private static func summary(of request: ModelRequest) -> String {
    // The dialogue is shown as a record, a line for whatever somebody said.
    let said = request.question.split(separator: "\n").compactMap { line in
      ["Клиент: ", "Customer: "].first(where: line.hasPrefix).map {
        clip(String(line.dropFirst($0.count)))
      }
    }
    let first = said.first ?? ""
    let last = said.last ?? ""
    return switch Language(of: said.joined(separator: " ")) {
    case .russian:
      "Клиент начал с вопроса «\(first)». Сообщений от него: \(said.count); последнее: «\(last)». "
        + "Нужен ответ человека."
    case .english:
      "The customer began with “\(first)”. Messages from them: \(said.count); the newest: "
        + "“\(last)”. A person's answer is needed."
    }
  }

  private static func suggestion(to request: ModelRequest) -> String {
    let question = clip(request.question)
    return switch Language(of: question) {
    case .russian:
      "Здравствуйте! Спасибо, что написали. По вопросу «\(question)»: уже проверяем и ответим "
        + "**в течение часа**."
    case .english:
      "Hello! Thank you for writing. About “\(question)”: we are looking into it and will answer "
        + "**within an hour**."
    }
  }

  /// Whether the model is told that its draft was not good: in the standing instruction, in a further
  /// one, or by what follows the newest question.
  private static func isInstructedAnew(_ request: ModelRequest) -> Bool {
    guard let asked = request.messages.lastIndex(where: { mentions($0.text, promiseWords) }) else {
      return false
    }
    let instructions = request.messages.filter { $0.role == "system" || $0.role == "developer" }
    return asked < request.messages.count - 1 || instructions.count > 1
      || instructions.contains { mentions($0.text, ["draft", "чернов"]) }
  }

  private static func mentions(_ text: String, _ phrases: [String]) -> Bool {
    let text = text.lowercased()
    return phrases.contains { text.contains($0) }
  }
}
