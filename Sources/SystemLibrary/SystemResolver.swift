#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The system's resolver, `getaddrinfo`.
package enum SystemResolver {
    /// An error that is thrown when a name has no usable address.
    package struct Failure: Error {
        /// True if the name doesn't exist; false if the failure may be temporary.
        package var isPermanent: Bool
        /// The result code of `getaddrinfo`.
        package var code: Int32

        package init(isPermanent: Bool, code: Int32) {
            self.isPermanent = isPermanent
            self.code = code
        }
    }

    /// Returns the numeric addresses of a host, in the system's order of preference.
    ///
    /// Blocks the calling thread until the name servers have responded or the system's timeout has expired.
    ///
    /// - Parameters:
    ///   - host: A host name.
    ///   - includesScoped: True to return also addresses with a zone, such as `fe80::1%eth0`. Defaults to false.
    /// - Returns: At least one address.
    /// - Throws: ``Failure`` if the name has no such address.
    package static func addresses(of host: String, includingScoped includesScoped: Bool = false) throws -> [String] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        var code = getaddrinfo(host, nil, &hints, &list)
        if code != 0 {
            // Without a network, the machine only has loopback addresses, which AI_ADDRCONFIG doesn't count as
            // configured.
            hints.ai_flags = 0
            code = getaddrinfo(host, nil, &hints, &list)
        }
        guard code == 0 else { throw Failure(isPermanent: code == EAI_NONAME, code: code) }
        defer { freeaddrinfo(list) }
        var addresses: [String] = []
        var entry = list
        while let info = entry?.pointee {
            if let address = numericAddress(of: info), includesScoped || !address.utf8.contains(UInt8(ascii: "%")),
                !addresses.contains(address)
            {
                addresses.append(address)
            }
            entry = info.ai_next
        }
        guard !addresses.isEmpty else { throw Failure(isPermanent: true, code: 0) }
        return addresses
    }

    private static func numericAddress(of info: addrinfo) -> String? {
        guard info.ai_family == AF_INET || info.ai_family == AF_INET6 else { return nil }
        var buffer = [CChar](repeating: 0, count: 128)
        let code = getnameinfo(
            info.ai_addr,
            info.ai_addrlen,
            &buffer,
            socklen_t(buffer.count),
            nil,
            0,
            NI_NUMERICHOST
        )
        guard code == 0 else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
