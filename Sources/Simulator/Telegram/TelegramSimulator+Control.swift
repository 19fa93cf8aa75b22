internal import Conversation
internal import Gateways
internal import Synchronization

/// What tests that drive a real program do over HTTP.
extension TelegramSimulator {
  var controlRoutes: [HTTPRoute] {
    let base = settings.controlPath
    return [
      HTTPRoute(
        method: "POST", path: .exact(base + "/faults"), admit: SameOrigin.admit,
        handle: { addFault($0) }),
      HTTPRoute(
        method: "DELETE", path: .exact(base + "/faults"),
        handle: { _ in
          removeFaults()
          return .json(200, JSONValue.object([:]).bytes)
        }),
      HTTPRoute(
        method: "POST", path: .exact(base + "/actions"), admit: SameOrigin.admit,
        handle: { perform($0) }),
      HTTPRoute(
        method: "GET", path: .exact(base + "/calls"),
        handle: { _ in .json(200, JSONText.encode(calls)) }),
      HTTPRoute(
        method: "GET", path: .exact(base + "/updates"),
        handle: { _ in .json(200, JSONText.encode(updates)) }),
      HTTPRoute(
        method: "GET", path: .exact(base + "/chats"),
        handle: { _ in .json(200, JSONText.encode(snapshot.chats)) }),
    ]
  }

  private func addFault(_ request: HTTPServerRequest) -> HTTPServerResponse {
    guard let fault = JSONText.decode(Fault.self, from: request.body) else {
      return .text(400, "not a fault")
    }
    inject(fault)
    return .json(200, JSONText.encode(fault))
  }

  private func perform(_ request: HTTPServerRequest) -> HTTPServerResponse {
    guard let action = JSONText.decode(Action.self, from: request.body) else {
      return .text(400, "not an action")
    }
    do throws(ActionRefused) {
      return .json(200, (["result": try perform(action)] as JSONValue).bytes)
    } catch {
      return .json(409, (["error": .string(error.reason)] as JSONValue).bytes)
    }
  }
}
