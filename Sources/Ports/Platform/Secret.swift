/// A value that must never be printed: a token, a key, a webhook secret.
///
/// Every way of turning it into text gives `***`; `reveal()` is the only way to its value, so that
/// each use can be found by searching for that word.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let value: String

  /// Wraps a secret value.
  package init(_ value: String) { self.value = value }

  /// The value itself, for the one place that sends or compares it.
  package func reveal() -> String { value }

  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
