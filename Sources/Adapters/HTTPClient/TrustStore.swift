internal import CCurl
internal import Foundation

/// The root certificates of a client: the system's, and those of an extra file beside them.
final class TrustStore {
  /// Where libcurl finds the certificates; nil leaves it to its own default.
  let path: String?
  private let descriptor: Int32

  /// `MFD_CLOEXEC` of <linux/memfd.h>.
  private static let closeOnExec: UInt32 = 1
  /// The greatest extra file, in bytes.
  private static let extraLimit = 4 << 20

  init(extraFile: String?) throws(HTTPClientError) {
    let version = unsafe sb_version_info()
    let system = unsafe version?.pointee.cainfo.map { unsafe String(cString: $0) }
    guard let extraFile else {
      path = system
      descriptor = -1
      return
    }
    // libcurl takes one file, and reads it once for all connections. A file in memory holds both
    // lists without leaving anything on the disk.
    guard let extra = Self.read(extraFile), extra.count <= Self.extraLimit,
      String(decoding: extra, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----")
    else { throw HTTPClientError(.caFile, errno: errno) }
    let all = (system.flatMap(Self.read) ?? Data()) + Data("\n".utf8) + extra
    descriptor = unsafe memfd_create("certificates", Self.closeOnExec)
    guard descriptor >= 0 else { throw HTTPClientError(.resources, errno: errno) }
    path = "/proc/self/fd/\(descriptor)"
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    do {
      try file.write(contentsOf: all)
    } catch {
      throw HTTPClientError(.resources, errno: errno)
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private static func read(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }
}
