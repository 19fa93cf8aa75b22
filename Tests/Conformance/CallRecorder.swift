import Foundation
import Gateways
import Synchronization

/// Writes down every call of the Bot API as it came over the wire, with its answer.
final class CallRecorder: Sendable {
  private let lines = Mutex<[Data]>([])

  /// For the stage.
  func record(_ request: HTTPServerRequest, _ response: HTTPServerResponse) {
    guard request.path.hasPrefix("/bot"), let method = request.path.split(separator: "/").last,
      case .bytes(let answer) = response.body
    else { return }
    let line: [String: Any] = [
      "method": String(method), "status": response.status,
      // What cannot be read as JSON is no object, and no call may be that.
      "body": Self.json(request.body) ?? (request.body.isEmpty ? [:] : "unreadable"),
      // A page of a proxy is no answer of the Bot API.
      "answer": Self.json(answer) ?? NSNull(),
    ]
    guard let data = try? JSONSerialization.data(withJSONObject: line) else { return }
    lines.withLock { $0.append(data) }
  }

  /// Writes a JSON object a line.
  func write(to file: URL) throws {
    let text = lines.withLock { Data($0.joined(separator: [UInt8(ascii: "\n")])) }
    try text.write(to: file)
  }

  private static func json(_ bytes: [UInt8]) -> Any? {
    try? JSONSerialization.jsonObject(with: Data(bytes))
  }
}
