import Desk
import Foundation
import Gateways
import Testing

@Suite struct APIDocumentTests {
  private static let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]

  private func document() async throws -> (APIStage, [String: Any]) {
    let stage = try await APIStage.open()
    try await stage.customerWrites(chat: 5)
    return (stage, try await stage.ask("GET", "/openapi.json", token: nil).json)
  }

  @Test func `It tells of each method of each path, and of no other`() async throws {
    let (stage, document) = try await document()
    #expect(document["openapi"] as? String == "3.1.0")
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    #expect(paths.count == 10)
    for (path, described) in paths {
      let real = path.replacingOccurrences(of: "{id}", with: "1")
      let known = Self.methods.filter { described[$0.lowercased()] != nil }
      for method in Self.methods {
        let response = try await stage.response(method, real)
        #expect((response.status == 405) != known.contains(method), "\(method) \(path)")
        guard response.status == 405 else { continue }
        let allowed = known.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
        #expect(
          Set((response.headers["Allow"] ?? "").components(separatedBy: ", ")) == Set(allowed))
      }
      #expect(try await stage.response("HEAD", real).status != 405 || !known.contains("GET"))
    }
  }

  @Test func `Its references lead somewhere, and its operations have names of their own`()
    async throws
  {
    let (_, document) = try await document()
    var names: [String] = []
    func walk(_ value: Any) {
      if let list = value as? [Any] { list.forEach(walk) }
      guard let object = value as? [String: Any] else { return }
      if let name = object["operationId"] as? String { names.append(name) }
      if let reference = object["$ref"] as? String {
        let target = reference.split(separator: "/").dropFirst().reduce(document as Any?) {
          ($0 as? [String: Any])?[String($1)]
        }
        #expect(target != nil, "\(reference)")
      }
      object.values.forEach(walk)
    }
    walk(document)
    #expect(names.count == 15)
    #expect(Set(names).count == names.count)
  }

  @Test func `What it says of blank texts is what is done`() async throws {
    let (stage, document) = try await document()
    let schemas = (document["components"] as? [String: Any])?["schemas"] as? [String: Any]
    let message = (schemas?["NewMessage"] as? [String: Any])?["properties"] as? [String: Any]
    let text = try #require(message?["text"] as? [String: Any])
    let pattern = try NSRegularExpression(pattern: #require(text["pattern"] as? String))
    for scalar in [0, 9, 0x1F, 0x20, 0x21, 0x7E, 0x7F, 0xA0, 0xA1, 0x200B, 0x2010, 0x3000, 0x44F] {
      let character = try String(#require(UnicodeScalar(scalar)))
      let range = NSRange(location: 0, length: character.utf16.count)
      let isFine = pattern.firstMatch(in: character, range: range) != nil
      let body = try JSONSerialization.data(withJSONObject: ["text": character])
      let answer = try await stage.ask(
        "POST", "/dialogues/1/messages", body: String(decoding: body, as: UTF8.self))
      #expect((answer.status == 202) == isFine, "U+\(String(scalar, radix: 16))")
    }
  }
}
