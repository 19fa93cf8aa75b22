/// How well a recogniser judges labelled phrases.
///
/// Recall is the part of the rows labelled `handoff` that were judged `handoff` or `ambiguous`:
/// nobody who wants a person is left with the bot. Precision is the part of the rows judged
/// `handoff` that are labelled so. The offered share is the part of all rows judged `ambiguous`,
/// to which a person would be offered. A part of nothing counts as 1 (recall, precision) or 0.
package struct HandoffEvaluation: Sendable {
  /// A row of the table.
  package struct Phrase: Equatable, Sendable {
    /// The line of the file, from 1.
    package let line: Int
    /// What a person who labelled the phrase said.
    package let label: HandoffVerdict
    /// The words themselves.
    package let text: String
  }

  /// A phrase and what was made of it.
  package struct Outcome: Equatable, Sendable {
    /// The row.
    package let phrase: Phrase
    /// What the recogniser says.
    package let verdict: HandoffVerdict

    /// Whether the person would have been served wrongly. An offer to somebody who asked for a
    /// person is no miss; every other difference is one.
    package var isMiss: Bool {
      verdict != phrase.label && !(phrase.label == .handoff && verdict == .ambiguous)
    }
  }

  /// Why a table cannot be read. It names places, never what is written there.
  package enum TableError: Error, Equatable, CustomStringConvertible {
    /// There is no header line.
    case empty
    /// The header line does not name this column.
    case missingColumn(String)
    /// A row has fewer columns than are needed.
    case shortRow(line: Int)
    /// The label of a row is none of the three.
    case unknownLabel(line: Int)

    package var description: String {
      switch self {
      case .empty: "line 1: the table is empty; its first line names the columns"
      case .missingColumn(let name):
        "line 1: no column is named \(name); the columns label and text are needed"
      case .shortRow(let line): "line \(line): the row is shorter than the header line"
      case .unknownLabel(let line):
        "line \(line): the label is none of handoff, ambiguous, not_handoff"
      }
    }
  }

  /// Every row with its verdict, in the order of the table.
  package let outcomes: [Outcome]

  /// Judges phrases.
  package init(of phrases: [Phrase], by recognizer: HandoffRecognizer = HandoffRecognizer()) {
    outcomes = phrases.map { Outcome(phrase: $0, verdict: recognizer.verdict(on: $0.text)) }
  }

  /// Reads a table of tab-separated values whose first line names the columns, `label` and `text`
  /// among them in any order. Empty lines are left out; `\n` and `\t` written out in a text are a
  /// line break and a tab.
  package static func phrases(in table: String) throws(TableError) -> [Phrase] {
    var lines = table.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }[...]
    guard let header = lines.popFirst(), !header.isEmpty else { throw .empty }
    let columns = header.drop { $0 == "\u{FEFF}" }
      .split(separator: "\t", omittingEmptySubsequences: false)
    guard let label = columns.firstIndex(of: "label") else { throw .missingColumn("label") }
    guard let text = columns.firstIndex(of: "text") else { throw .missingColumn("text") }
    var phrases: [Phrase] = []
    for (index, line) in zip(2..., lines) where !line.isEmpty {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count > max(label, text) else { throw .shortRow(line: index) }
      guard let verdict = HandoffVerdict(rawValue: String(fields[label])) else {
        throw .unknownLabel(line: index)
      }
      phrases.append(Phrase(line: index, label: verdict, text: unescaped(fields[text])))
    }
    return phrases
  }

  private static func unescaped(_ field: Substring) -> String {
    var result = ""
    var rest = field
    while let backslash = rest.firstIndex(of: "\\") {
      result += rest[..<backslash]
      rest = rest[backslash...].dropFirst()
      switch rest.first {
      case "n": result += "\n"
      case "t": result += "\t"
      case "\\": result += "\\"
      case .some(let other): result += "\\\(other)"
      case nil: result += "\\"
      }
      rest = rest.dropFirst()
    }
    return result + rest
  }
}

extension HandoffEvaluation {
  /// The number of rows with this label and this verdict.
  package func count(_ label: HandoffVerdict, judged verdict: HandoffVerdict) -> Int {
    outcomes.count { $0.phrase.label == label && $0.verdict == verdict }
  }

  /// From 0 to 1; see the type.
  package var recall: Double {
    let found = count(.handoff, judged: .handoff) + count(.handoff, judged: .ambiguous)
    return Self.part(found, of: outcomes.count { $0.phrase.label == .handoff }) ?? 1
  }

  /// From 0 to 1; see the type.
  package var precision: Double {
    let judged = outcomes.count { $0.verdict == .handoff }
    return Self.part(count(.handoff, judged: .handoff), of: judged) ?? 1
  }

  /// From 0 to 1; see the type.
  package var offered: Double {
    Self.part(outcomes.count { $0.verdict == .ambiguous }, of: outcomes.count) ?? 0
  }

  /// The rows that were judged wrongly.
  package var misses: [Outcome] { outcomes.filter(\.isMiss) }

  /// The table of labels and verdicts, the misses by line, and on the last line the three figures
  /// as `recall=0.995 precision=0.980 offered=0.123`, rounded down to three digits.
  package var report: String {
    let verdicts: [HandoffVerdict] = [.handoff, .ambiguous, .notHandoff]
    var lines = [Self.row(["label \\ verdict"] + verdicts.map(\.rawValue))]
    for label in verdicts {
      let counts = verdicts.map { String(count(label, judged: $0)) }
      lines.append(Self.row([label.rawValue] + counts))
    }
    let misses = misses
    lines.append("")
    lines.append(misses.isEmpty ? "no misses" : "misses: \(misses.count)")
    for miss in misses {
      let text = miss.phrase.text.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
      lines.append(
        "line \(miss.phrase.line): \(miss.phrase.label.rawValue) judged \(miss.verdict.rawValue): "
          + text)
    }
    lines.append("")
    lines.append(
      "recall=\(Self.decimal(recall)) precision=\(Self.decimal(precision)) "
        + "offered=\(Self.decimal(offered))")
    return lines.joined(separator: "\n")
  }

  private static func part(_ count: Int, of all: Int) -> Double? {
    all == 0 ? nil : Double(count) / Double(all)
  }

  private static func row(_ cells: [String]) -> String {
    cells.map { $0 + String(repeating: " ", count: max(1, 16 - $0.count)) }.joined()
  }

  /// Rounded down, so that 1.000 means all of them.
  private static func decimal(_ value: Double) -> String {
    let thousandths = Int(value * 1_000 + 1e-9)
    let fraction = String(thousandths % 1_000)
    return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
