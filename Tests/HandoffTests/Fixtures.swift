@testable import Handoff

/// The tables that lie beside the tests. In `phrases.tsv` and `answers.tsv` the column `part` says
/// which rows the rules were tuned on and which were held back.
enum Fixtures {
  static let phrases = text(PackageResources.phrases_tsv)
  static let answers = rows(PackageResources.answers_tsv)
  /// What the script that trains the model computed for some of the phrases.
  static let wishScores = rows(PackageResources.wish_scores_tsv)
  static let didNotHelp = rows(PackageResources.did_not_help_tsv)

  /// The phrases of one part, as a table of their own.
  static func phrases(part: String) -> String {
    let lines = phrases.split(separator: "\n")
    let rows = lines.dropFirst().filter { $0.split(separator: "\t")[2] == part }
    return (lines.prefix(1) + rows).joined(separator: "\n")
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func rows(_ bytes: [UInt8]) -> [[String: String]] {
    let lines: [[String]] = text(bytes).split(separator: "\n").map { line in
      line.split(separator: "\t").map { String($0.replacing("\\n", with: "\n")) }
    }
    return lines.dropFirst().map { (row: [String]) -> [String: String] in
      var fields: [String: String] = [:]
      for (name, field) in zip(lines[0], row) { fields[name] = field }
      return fields
    }
  }
}
