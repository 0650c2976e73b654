#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The names of hosts as the system resolves them.
enum SystemResolver {
    /// The reason why a name has no address.
    struct Failure: Error {
        /// True if the name doesn't exist, and not merely wasn't found this time.
        var isPermanent: Bool
        /// The code of `getaddrinfo`.
        var code: Int32
    }

    /// Returns the addresses of a host, in the system's order. Blocks until the name servers have responded or given up.
    static func addresses(of host: String) throws -> [String] {
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
            // A machine without a network has addresses of its own only, and none of those counts as configured.
            hints.ai_flags = 0
            code = getaddrinfo(host, nil, &hints, &list)
        }
        guard code == 0 else { throw Failure(isPermanent: code == EAI_NONAME, code: code) }
        defer { freeaddrinfo(list) }
        var addresses: [String] = []
        var entry = list
        while let info = entry?.pointee {
            if let address = text(of: info), !addresses.contains(address) { addresses.append(address) }
            entry = info.ai_next
        }
        guard !addresses.isEmpty else { throw Failure(isPermanent: true, code: 0) }
        return addresses
    }

    private static func text(of info: addrinfo) -> String? {
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
        let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        // An address with a scope can't be handed to libcurl with a name.
        return text.contains("%") ? nil : text
    }
}
