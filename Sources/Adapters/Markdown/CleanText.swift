internal import Gateways

extension FormattedText {
  /// Without carriage returns and with spaces for other control characters, as Telegram does; the
  /// entities keep to their text.
  func cleaned() -> FormattedText {
    func isControl(_ unit: UInt16) -> Bool { unit < 0x20 && unit != 0x0A || unit == 0x7F }
    guard text.utf8.contains(where: { isControl(UInt16($0)) }) else { return self }
    var units: [UInt16] = []
    // For each place of the old text, its place in the new one.
    var places: [Int] = []
    for unit in text.utf16 {
      places.append(units.count)
      if unit != 0x0D { units.append(isControl(unit) ? 0x20 : unit) }
    }
    places.append(units.count)
    let moved = entities.compactMap { entity -> Entity? in
      let start = places[min(max(entity.offset, 0), places.count - 1)]
      let end = places[min(max(entity.offset + entity.length, 0), places.count - 1)]
      return start < end ? Entity(entity.kind, offset: start, length: end - start) : nil
    }
    return FormattedText(String(decoding: units, as: UTF16.self), entities: moved)
  }
}
