/// Which Switchboard this is.
enum Version {
  /// The released version, after https://semver.org.
  static let number = "0.1.0"
  /// The line that `switchboard version` prints.
  static let line = "switchboard \(number)"
}
