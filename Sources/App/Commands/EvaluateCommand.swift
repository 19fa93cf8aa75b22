internal import Foundation
internal import Handoff

/// `switchboard eval handoff FILE.tsv`: measures on labelled phrases how well the wish for a person
/// is recognised.
struct EvaluateCommand: Sendable {
  let file: String

  func run() -> ExitStatus {
    let text: String
    do {
      text = try String(contentsOfFile: file, encoding: .utf8)
    } catch {
      printError("switchboard: \(file) cannot be read as UTF-8 text; name a file of phrases")
      return .usage
    }
    do {
      print(HandoffEvaluation(of: try HandoffEvaluation.phrases(in: text)).report)
      return .well
    } catch {
      printError("switchboard: \(file): \(error)")
      return .usage
    }
  }
}
