/// HTML's character references, as Markdown allows them in text and in addresses.
enum CharacterReferences {
  /// Decodes the references in a text; unknown ones stay as they are.
  static func decoded(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "&")) else { return bytes }
    var result: [UInt8] = []
    var rest = bytes[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += rest[..<start]
      let body = rest[(start + 1)...].prefix(longest)
      if let end = body.firstIndex(of: UInt8(ascii: ";")), let scalar = scalar(body[..<end]) {
        result += String(Character(scalar)).utf8
        rest = rest[(end + 1)...]
      } else {
        result.append(UInt8(ascii: "&"))
        rest = rest[(start + 1)...]
      }
    }
    return result + rest
  }

  /// The longest reference, in bytes between its marks.
  private static let longest = 16

  private static func scalar(_ body: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let name = String(decoding: body, as: UTF8.self)
    guard name.hasPrefix("#") else { return named[name] }
    let digits = name.dropFirst()
    let number =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    // CommonMark shows the replacement character for what is no character; controls become
    // spaces as everywhere else.
    guard let number, number > 0, let scalar = Unicode.Scalar(number) else {
      return number == nil ? nil : "\u{FFFD}"
    }
    return number < 0x20 || number == 0x7F ? " " : scalar
  }

  /// The names that occur in prose; HTML has two thousand more.
  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "shy": "\u{AD}",
    "ndash": "–", "mdash": "—", "hellip": "…", "bull": "•", "middot": "·", "laquo": "«",
    "raquo": "»", "ldquo": "“", "rdquo": "”", "bdquo": "„", "lsquo": "‘", "rsquo": "’",
    "copy": "©", "reg": "®", "trade": "™", "deg": "°", "sect": "§", "para": "¶", "euro": "€",
    "pound": "£", "cent": "¢", "yen": "¥", "times": "×", "divide": "÷", "plusmn": "±",
    "minus": "−", "sup2": "²", "sup3": "³", "frac12": "½", "frac14": "¼", "frac34": "¾",
    "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈", "infin": "∞", "radic": "√", "sum": "∑",
    "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓", "harr": "↔", "check": "✓",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "pi": "π", "lambda": "λ", "mu": "μ",
    "sigma": "σ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "num": "#",
    "ast": "*", "lowbar": "_", "grave": "`", "vert": "|", "bsol": "\\", "dollar": "$",
  ]
}
