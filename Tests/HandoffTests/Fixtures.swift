import Foundation

@testable import Handoff

/// The tables that lie beside the tests. In `phrases.tsv` and `answers.tsv` the column `part` says
/// which rows the rules were tuned on and which were held back.
enum Fixtures {
  static let phrases = text("phrases.tsv")
  static let answers = rows("answers.tsv")
  /// What the script that trains the model computed for some of the phrases.
  static let wishScores = rows("wish-scores.tsv")
  static let didNotHelp = rows("did-not-help.tsv")

  /// The phrases of one part, as a table of their own.
  static func phrases(part: String) -> String {
    let lines = phrases.split(separator: "\n")
    let rows = lines.dropFirst().filter { $0.split(separator: "\t")[2] == part }
    return (lines.prefix(1) + rows).joined(separator: "\n")
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// Read where it lies: as a table of bytes in the code it would take minutes to compile.
  private static func text(_ name: String) -> String {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
  }

  private static func rows(_ name: String) -> [[String: String]] {
    let lines: [[String]] = text(name).split(separator: "\n").map { line in
      line.split(separator: "\t").map { String($0.replacing("\\n", with: "\n")) }
    }
    return lines.dropFirst().map { (row: [String]) -> [String: String] in
      var fields: [String: String] = [:]
      for (name, field) in zip(lines[0], row) { fields[name] = field }
      return fields
    }
  }
}
