internal import Foundation

/// Prints figures in columns, line by line as they become known.
enum Report {
  /// Begins a block.
  static func title(_ text: String) { print("\n\(text)") }

  /// A figure with its name, and what is good to know about it.
  static func line(_ name: String, _ value: String, _ remark: String = "") {
    let left = name.padding(toLength: max(44, name.count), withPad: " ", startingAt: 0)
    let right = String(repeating: " ", count: max(0, 12 - value.count)) + value
    print("  \(left)\(right)\(remark.isEmpty ? "" : "   \(remark)")")
    fflush(nil)
  }

  /// A number with so many digits after the point, its thousands set apart.
  static func number(_ value: Double, _ digits: Int = 0) -> String {
    guard value.isFinite else { return "-" }
    let plain = String(format: "%.\(digits)f", value)
    let parts = plain.split(separator: ".", maxSplits: 1)
    var whole = ""
    for (index, digit) in parts[0].reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3), digit != "-" { whole.append(",") }
      whole.append(digit)
    }
    return String(whole.reversed()) + (parts.count > 1 ? ".\(parts[1])" : "")
  }

  /// Milliseconds.
  static func milliseconds(_ value: Double) -> String { number(value, value < 100 ? 1 : 0) + " ms" }
}

extension [Double] {
  /// The middle one.
  var median: Double { isEmpty ? .nan : sorted()[count / 2] }

  /// From the least to the greatest.
  func range(_ digits: Int = 0) -> String {
    guard let least = self.min(), let most = self.max(), count > 1 else { return "" }
    return "\(Report.number(least, digits)) to \(Report.number(most, digits)) in \(count) runs"
  }
}
