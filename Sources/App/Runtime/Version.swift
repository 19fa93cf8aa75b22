internal import CBuildInfo

/// Which Switchboard this is.
enum Version {
  /// The released version, after https://semver.org.
  static let number = "0.1.0"
  /// The line that `switchboard version` prints.
  static let line = "switchboard \(full)"
  /// The version with the commit it was built from, where the build told it.
  static let full: String = {
    let commit = unsafe String(cString: sb_commit())
    return commit.isEmpty ? number : "\(number) (\(commit))"
  }()
}
