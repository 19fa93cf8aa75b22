internal import Foundation

/// The number of descriptors that the process may have open.
package enum DescriptorLimit {
  /// Raises the soft limit to `wanted`, as far as the hard limit allows. Never lowers it.
  ///
  /// The soft limit is often 1,024, less than the connections of a busy bot. Returns the limit that
  /// holds now.
  @discardableResult
  package static func raise(to wanted: Int) -> Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return 0
    }
    let before = limit.rlim_cur
    let target = min(rlim_t(max(0, wanted)), limit.rlim_max)
    guard target > before else { return Int(clamping: before) }
    limit.rlim_cur = target
    let raised = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
    return Int(clamping: raised ? target : before)
  }
}
