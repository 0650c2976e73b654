import CurlFunctions
import FetchCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension CurlTransfer {
    /// Returns the reason why libcurl must not connect to an address, or `nil` if it may.
    ///
    /// The names are resolved and checked before. This check is for the addresses that libcurl itself reads from a URL.
    func problem(of address: UnsafeMutablePointer<CurlSocketAddress>) -> String? {
        // Behind a proxy, the address is the proxy's.
        guard group.isRestricted, target.proxy == nil else { return nil }
        guard let address = IPAddress(socketAddress: address) else { return "its address is of an unknown kind" }
        return address.specialPurpose.map { "it is \($0)" }
    }
}

extension IPAddress {
    /// Reads the address of a `sockaddr_in` or `sockaddr_in6`. Fails for other families.
    fileprivate init?(socketAddress: UnsafeMutablePointer<CurlSocketAddress>) {
        let range: Range<Int>
        switch socketAddress.pointee.family {
        case AF_INET: range = 4..<8
        case AF_INET6: range = 8..<24
        default: return nil
        }
        // libcurl's structure ends with the first bytes of the socket address, whose length is a member.
        guard socketAddress.pointee.length >= range.upperBound,
            let start = MemoryLayout<CurlSocketAddress>.offset(of: \.bytes)
        else { return nil }
        let bytes = UnsafeRawPointer(socketAddress) + start
        self.init(bytes: range.map { bytes.load(fromByteOffset: $0, as: UInt8.self) })
    }
}
