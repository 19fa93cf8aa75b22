/// A bounded memory of values that were just written and will soon be read, so that they need not
/// be decoded again. What is not in it is read from the database.
///
/// Two generations take the place of a list by age: when the younger is full it becomes the older,
/// and what was the older is forgotten.
struct RecentValues<Key: Hashable, Element> {
  private let generationLimit: Int
  private var young: [Key: Element] = [:]
  private var old: [Key: Element] = [:]

  /// Makes an empty memory for at most `limit` values; below 2 it keeps nothing.
  init(limit: Int) { generationLimit = limit / 2 }

  subscript(key: Key) -> Element? {
    get { young[key] ?? old[key] }
    set {
      guard let newValue, generationLimit > 0 else {
        young[key] = nil
        old[key] = nil
        return
      }
      if young.count >= generationLimit {
        old = young
        young = [:]
      }
      young[key] = newValue
    }
  }

  /// Forgets everything.
  mutating func removeAll() {
    young = [:]
    old = [:]
  }
}
