/// Recognises the words by which somebody who waits for a person takes that back.
///
/// Only whole messages that say nothing else: what is withdrawn by mistake is a person who does not
/// come, and there is a button for it as well.
package enum TakingBack {
  /// In how many words somebody says no more than that.
  private static let longest = 8

  /// Whether a text says that no person is needed any more: «уже не надо оператора, разобралась».
  /// It means something only to somebody who waits for one.
  package static func isSaid(in text: String) -> Bool {
    let words = TextScanner.words(in: TextScanner.bounded(text))
    guard words.count <= longest else { return false }
    let sentences = PhraseTable.sentences(of: words)
      .map { Array($0.prefix(while: { !closings.contains($0) })) }.filter { !$0.isEmpty }
    return !sentences.isEmpty && sentences.allSatisfy(table.isFound)
  }

  /// What may follow.
  private static let closings: Set<Letters> = Set(
    [
      "разобрался", "разобралась", "разобрались", "сам", "сама", "спасибо", "извините",
      "пожалуиста", "thanks", "thank", "sorry", "please",
    ].map { Alphabet.letters(of: $0) })

  private static let table = PhraseTable(
    """
    ^ отмена|отбои $
    ^ отмена|отменить|отмените|отмени запрос|запроса|вызов|вызова $
    ^ не надо|нужно|нужен|нужна|требуется $
    ^ больше не надо|нужно|нужен|нужна|требуется $
    ^ не надо|нужно|нужен|нужна|требуется больше $
    ^ не надо|нужно|нужен|требуется оператор*|человек*|менеджер*|консультант* $
    ^ больше не надо|нужно|нужен|требуется оператор*|человек*|менеджер*|консультант* $
    ^ оператор*|человек*|менеджер*|консультант* не надо|нужно|нужен|требуется $
    ^ оператор*|человек*|менеджер*|консультант* больше не надо|нужно|нужен|требуется $
    ^ передумал|передумала $
    ^ я передумал|передумала $
    ^ cancel $
    ^ cancel my|the request $
    ^ never mind $
    ^ nevermind $
    ^ no need $
    ^ no need anymore $
    ^ not needed $
    ^ not needed anymore $
    ^ i changed my mind $
    ^ no need for a|an|the operator|human|person|agent $
    ^ no need for a|an|the operator|human|person|agent anymore $
    ^ i dont need a|an|the operator|human|person|agent $
    ^ i dont need a|an|the operator|human|person|agent anymore $
    """)
}
