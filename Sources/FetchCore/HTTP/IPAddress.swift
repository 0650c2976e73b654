/// An IPv4 or IPv6 address as bytes.
package struct IPAddress: Sendable, Hashable {
    /// The four bytes of an IPv4 address, or the sixteen of an IPv6 address, in network order.
    package let bytes: [UInt8]

    /// Creates an address from bytes. Fails unless there are four or sixteen.
    package init?(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        guard self.bytes.count == 4 || self.bytes.count == 16 else { return nil }
    }

    /// Parses the usual form of an address: four decimal numbers without leading zeros, or an IPv6 address without
    /// brackets and zone ([RFC 4291, section 2.2](https://www.rfc-editor.org/rfc/rfc4291#section-2.2)).
    ///
    /// Fails for every other form, including those that only some parsers accept, such as `127.1` or `0x7f.0.0.1`.
    package init?(_ text: some StringProtocol) {
        let parsed = text.utf8.contains(UInt8(ascii: ":")) ? Self.ipv6(text) : Self.ipv4(text)
        guard let parsed else { return nil }
        bytes = parsed
    }

    private static func ipv4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard
                (1...3).contains(part.utf8.count), part.utf8.allSatisfy(ASCII.isDigit),
                part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0"),
                let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func ipv6(_ text: some StringProtocol) -> [UInt8]? {
        guard let gap = text.firstRange(of: "::") else {
            return groups(text).flatMap { $0.count == 16 ? $0 : nil }
        }
        guard
            let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
            // The gap stands for at least one group.
            head.count + tail.count <= 14
        else { return nil }
        // An IPv4 address is only valid at the end.
        guard !text[..<gap.lowerBound].utf8.contains(UInt8(ascii: ".")) else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Parses groups that are separated by single colons, with an IPv4 address in place of the last two or not.
    private static func groups(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, group) in groups.enumerated() {
            if index == groups.count - 1, group.utf8.contains(UInt8(ascii: ".")) {
                guard let address = ipv4(group) else { return nil }
                bytes += address
            } else {
                guard (1...4).contains(group.utf8.count) else { return nil }
                var number: UInt16 = 0
                for byte in group.utf8 {
                    guard let digit = ASCII.hexadecimalValue(byte) else { return nil }
                    number = number << 4 | UInt16(digit)
                }
                bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }
}
