import Conversation
import Gateways
import Storage

extension StorageContract {
  static let editCases: [Case] = [
    Case("a message that replaces one that stands alone edits it, and so does the next") { store in
      try await store.step(outbox: [send("first", position: 2)])
      try await store.deliver("first", as: 70)
      for (position, replaced) in [(Int64(3), Int64(2)), (4, 3)] {
        try await store.step(outbox: [send("new", position: position, replaces: replaced)])
        let work = try await store.claimSends(limit: 9, lease: lease(), now: start)
        try expectEqual(work.map(\.edits), [MessageID(70)], "the message to edit")
        try await store.settleSend(work[0], .sent(MessageID(70), repeated: false), now: start)
      }
      try await store.step(outbox: [send("late", replaces: 2)])
      try expectEqual(try await store.claimEdits(), [nil], "the old place holds nothing")
    },
    Case("an edit whose outcome is not known is tried as an edit again") { store in
      try await store.step(outbox: [send("first", position: 2)])
      try await store.deliver("first", as: 70)
      try await store.step(outbox: [send("new", position: 3, replaces: 2)])
      let work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
      try await store.settleSend(work, .repeatAgain(at: at(1)), now: start)
      try expectEqual(
        try await store.claimEdits(now: at(1), until: 5), [MessageID(70)], "once more")
      try expectEqual(try await store.claimEdits(now: at(5)), [MessageID(70)], "after a break")
    },
    Case("what is several messages, before or now, or none, is sent anew") { store in
      try await store.step(outbox: [send("a", "b", position: 2), send("new", replaces: 2)])
      try await store.deliver("a", as: 1)
      try await store.deliver("b", as: 2)
      var works = try await store.claimSends(limit: 9, lease: lease(), now: at(1))
      try expectEqual(works.map(\.text), ["new"], "the message")
      try expectEqual(works.map(\.edits), [nil], "it would replace two")
      try await store.step(
        chat(2), outbox: [send("one", position: 2), send("c", "d", position: 3, replaces: 2)])
      try await store.deliver("one", as: 3)
      for (number, part) in ["c", "d"].enumerated() {
        works = try await store.claimSends(limit: 9, lease: lease(), now: at(1))
        try expectEqual(works.map(\.text), [part], "the part")
        try expectEqual(works.map(\.edits), [nil], "it is two itself")
        let id = MessageID(4 + Int64(number))
        try await store.settleSend(works[0], .sent(id, repeated: false), now: at(1))
      }
      try await store.step(chat(3), outbox: [send("x", replaces: 2)])
      try expectEqual(try await store.claimEdits(), [nil], "nothing was sent before")
    },
    Case("a message that can't be edited is sent anew at once, and nothing is counted") { store in
      try await store.step(outbox: [send("first", position: 2)])
      try await store.deliver("first", as: 70)
      try await store.step(outbox: [send("new", position: 3, replaces: 2), send("next")])
      let work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
      try await store.settleSend(work, .sendAnew, now: at(1))
      let again = try await store.claimSends(limit: 9, lease: lease(), now: at(1))
      try expectEqual(again.map(\.text), ["new"], "the same one")
      try expectEqual(again.map(\.edits), [nil], "as a new one")
      try expectEqual(again.map(\.message.replaces), [nil], "it replaces nothing")
      try expectEqual(again.map { [$0.failures, $0.unknowns] }, [[0, 0]], "not counted")
      try expectEqual(again.map(\.interrupted), [false], "its outcome was known")
      try await store.settleSend(again[0], .sent(MessageID(80), repeated: false), now: at(1))
      try await store.deliver("next", as: 81)
      try await store.step(outbox: [send("newer", replaces: 3)])
      try expectEqual(try await store.claimEdits(), [MessageID(80)], "the new one is known")
    },
  ]
}

extension Store {
  /// Claims the one message that is due, and settles it as sent.
  fileprivate func deliver(_ text: String, as id: Int64) async throws {
    let works = try await claimSends(limit: 9, lease: lease(), now: at(1))
    try expectEqual(works.map(\.text), [text], "what is due")
    try await settleSend(works[0], .sent(MessageID(id), repeated: false), now: at(1))
  }

  /// Claims what is due; the messages that it edits.
  fileprivate func claimEdits(
    now: Instant = at(1), until seconds: Int64 = 60
  ) async throws -> [MessageID?] {
    try await claimSends(limit: 9, lease: lease(until: seconds), now: now).map(\.edits)
  }
}
