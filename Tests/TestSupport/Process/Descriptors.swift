import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The open descriptors of this process. They are only visible on Linux.
package enum Descriptors {
    /// Returns the number of IPv4 sockets that are bound or connected to a port.
    package static func count(onPort port: Int) -> Int {
        numbers.count { descriptor in
            Self.port(of: descriptor, getsockname) == port || Self.port(of: descriptor, getpeername) == port
        }
    }

    /// The number of open descriptors; zero on systems other than Linux.
    package static var count: Int { numbers.count }

    private static var numbers: [Int32] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return names?.compactMap { Int32($0) } ?? []
    }

    private static func port(
        of descriptor: Int32,
        _ call: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> Int? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call(descriptor, $0, &size) }
        }
        guard result == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
