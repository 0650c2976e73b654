/// The meaning of a URL's host by its spelling alone, read strictly.
///
/// Resolvers and URL parsers accept many forms of an address: `127.1`, `0x7f000001`, `2130706433`, `0177.0.0.1`,
/// full-width digits. They don't agree on all of them. A host that any of them could take for an address is an address
/// in its usual form, or malformed.
enum HostSpelling: Equatable {
    case address(IPAddress)
    /// A host name in lowercase, without a trailing dot.
    case name(String)
    /// A host that isn't used. The reason is a clause about the host as "it".
    case malformed(String)

    /// Reads a host as it is written in a URL, with brackets or without.
    init(_ host: String) {
        let host = host.lowercased()
        // Not `isEmpty` of the labels below: a lone dot is the root of all names.
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else {
            self = .malformed("it contains an invalid character")
            return
        }
        self = host.utf8.contains(where: { ":[]%".utf8.contains($0) }) ? Self.ipv6(host) : Self.ipv4OrName(host)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        ASCII.isLowercaseLetter(byte) || ASCII.isDigit(byte) || "-._:[]%".utf8.contains(byte)
    }

    private static func ipv6(_ host: String) -> Self {
        var text = host[...]
        if host.hasPrefix("["), host.hasSuffix("]") { text = host.dropFirst().dropLast() }
        // A zone selects a network interface, which only local addresses need.
        guard !text.utf8.contains(UInt8(ascii: "%")) else { return .malformed("it has a zone") }
        guard text.utf8.contains(UInt8(ascii: ":")), let address = IPAddress(text) else {
            return .malformed("it isn't a valid IPv6 address")
        }
        return .address(address)
    }

    private static func ipv4OrName(_ host: String) -> Self {
        let name = host.hasSuffix(".") ? host.dropLast() : host[...]
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy({ (1...63).contains($0.utf8.count) }), name.utf8.count <= 253 else {
            return .malformed("it isn't a valid host name")
        }
        guard let last = labels.last, isNumber(last) else { return .name(String(name)) }
        return IPAddress(name).map(Self.address) ?? .malformed("it is an address in an unusual form")
    }

    /// Returns true for decimal digits, and for `0x` with or without hexadecimal digits. A host whose last label is a
    /// number is an IPv4 address or invalid (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    private static func isNumber(_ label: Substring) -> Bool {
        if label.utf8.allSatisfy(ASCII.isDigit) { return true }
        return label.hasPrefix("0x") && label.utf8.dropFirst(2).allSatisfy { ASCII.hexadecimalValue($0) != nil }
    }
}
