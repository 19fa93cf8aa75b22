package import Conversation
package import Storage
package import Turn

/// Reads the figures of the operators' work from the store.
package struct DeskReport: Sendable {
  private let store: any Store
  private let wording: DeskWording
  private let startOfDay: @Sendable (Instant) -> Instant

  /// How many entries of the log are read at once.
  private static let page = 5_000

  /// Makes a report. `startOfDay` tells when the day of a time began where the operators are.
  package init(
    store: any Store, texts: Texts, language: Language,
    startOfDay: @escaping @Sendable (Instant) -> Instant
  ) {
    self.store = store
    wording = DeskWording(texts: texts, language: language)
    self.startOfDay = startOfDay
  }

  /// The figures of the day to which a time belongs, in words.
  package func day(of now: Instant) async throws(StoreError) -> String {
    wording.statistics(
      try await Self.figures(of: store, from: startOfDay(now), to: nil),
      waiting: try await store.figures().waiting)
  }

  /// The figures of a stretch of time; `to` is not part of it, nil is now.
  package static func figures(
    of store: any Store, from: Instant?, to: Instant?
  ) async throws(StoreError) -> DeskStatistics {
    var figures = DeskStatistics()
    var last: Int64 = 0
    while true {
      let entries = try await store.deskLog(after: last, from: from, limit: page)
      for entry in entries where to.map({ entry.entry.at < $0 }) ?? true {
        figures.add(entry.entry.kind)
      }
      guard entries.count == page, let newest = entries.last else { return figures }
      last = newest.number
    }
  }
}
