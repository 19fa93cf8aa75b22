extension Array {
  /// Keeps at least the newest elements. It drops older ones in lumps, so that the cost of moving
  /// the rest is spread over many additions.
  mutating func trim(to count: Int) {
    if self.count >= 2 * count { removeFirst(self.count - count) }
  }
}
