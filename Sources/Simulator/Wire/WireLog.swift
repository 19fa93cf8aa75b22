internal import Conversation
internal import Platform
internal import Synchronization

/// The newest things that went over the wire, for the page's drawer.
package final class WireLog: Sendable {
  private struct State {
    var lastID: Int64 = 0
    var items: [(entry: WireEntry, detail: WireDetail)] = []
  }

  private let state = Mutex(State())
  private let feed: EventFeed
  private let clock: Clock
  private let capacity: Int

  /// A capacity of 0 keeps nothing, so that loads without a page do not pay for it.
  init(feed: EventFeed, clock: Clock, capacity: Int) {
    self.feed = feed
    self.clock = clock
    self.capacity = capacity
  }

  /// The entries that are kept, oldest first.
  package var entries: [WireEntry] { state.withLock { $0.items.suffix(capacity).map(\.entry) } }

  /// What an entry said in full; nil when it is no longer there.
  package func detail(of id: Int64) -> WireDetail? {
    state.withLock { state in state.items.last { $0.entry.id == id }?.detail }
  }

  /// Updates that wait for the bot.
  func record(updates: [JSONValue]) {
    for update in updates {
      let kind = update.object?.keys.first { $0 != "update_id" } ?? "update"
      let body = update[kind]
      let chat = body?["chat"] ?? body?["message"]?["chat"]
      add(.update, kind, request: update) { $0.chat = chat?["id"]?.integer }
    }
  }

  /// A call of the bot, with its answer.
  func record(
    call method: String, _ parameters: [String: JSONValue], since: Instant, status: Int,
    response: JSONValue
  ) {
    add(.call, method, request: .object(parameters), response: response, at: since) { entry in
      entry.chat = parameters["chat_id"]?.integer
      entry.status = status
      entry.milliseconds = self.clock.now().milliseconds - since.milliseconds
    }
  }

  /// A request to the model that has begun; gives the id of its entry, nil when nothing is kept.
  func begin(model: String, request: JSONValue) -> Int64? {
    let question = request["messages"]?.array?.last { $0["role"] == "user" }?["content"]?.string
    let chat = question.flatMap(chat(asking:))
    return add(.model, model, request: request) { $0.chat = chat }
  }

  /// The chat of the newest update whose words stand in the question: a request to the model does
  /// not say whom it is for.
  private func chat(asking question: String) -> Int64? {
    state.withLock { state in
      state.items.last { item in
        guard item.entry.kind == .update else { return false }
        let message = item.detail.request[item.entry.name]
        let text = (message?["text"] ?? message?["caption"])?.string ?? ""
        return !text.isEmpty && question.contains(text)
      }?.entry.chat
    }
  }

  /// Notes what became of an entry.
  func change(_ id: Int64, _ body: (inout WireEntry, inout WireDetail) -> Void) {
    state.withLock { state in
      guard let index = state.items.lastIndex(where: { $0.entry.id == id }) else { return }
      var (entry, detail) = state.items[index]
      body(&entry, &detail)
      state.items[index] = (entry, detail)
      feed.append([(entry.chat ?? 0, .wire(entry))])
    }
  }

  @discardableResult
  private func add(
    _ kind: WireEntry.Kind, _ name: String, request: JSONValue, response: JSONValue? = nil,
    at time: Instant? = nil, _ more: (inout WireEntry) -> Void
  ) -> Int64? {
    guard capacity > 0 else { return nil }
    let at = (time ?? clock.now()).milliseconds
    return state.withLock { state in
      state.lastID += 1
      var entry = WireEntry(id: state.lastID, kind: kind, name: name, at: at)
      more(&entry)
      let detail = WireDetail(
        request: request.withoutSecrets, response: response?.withoutSecrets)
      state.items.append((entry, detail))
      state.items.trim(to: capacity)
      // Inside the lock, so that the changes of an entry are told in their order.
      feed.append([(entry.chat ?? 0, .wire(entry))])
      return entry.id
    }
  }
}

extension JSONValue {
  private static let secrets: Set<String> = [
    "secret_token", "token", "api_key", "authorization", "password", "secret",
  ]

  /// The value with what nobody should see covered.
  var withoutSecrets: JSONValue {
    switch self {
    case .object(let members):
      .object(
        Dictionary(
          uniqueKeysWithValues: members.map { name, value in
            (name, Self.secrets.contains(name.lowercased()) ? "•••" : value.withoutSecrets)
          }))
    case .array(let elements): .array(elements.map(\.withoutSecrets))
    case .null, .bool, .integer, .number, .string: self
    }
  }
}
