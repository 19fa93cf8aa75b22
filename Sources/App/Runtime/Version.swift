internal import CBuildInfo

/// Which Switchboard this is.
enum Version {
  /// The released version, after https://semver.org.
  static let number = "0.1.0"

  /// The version with the commit it was built from, where the build told it.
  static let full: String = {
    let commit = sb_commit()
    guard commit != 0 else { return number }
    let digits = String(commit, radix: 16)
    return "\(number) (\(String(repeating: "0", count: max(0, 12 - digits.count)) + digits))"
  }()

  /// The line that `switchboard version` prints.
  static let line = "switchboard \(full)"
}
