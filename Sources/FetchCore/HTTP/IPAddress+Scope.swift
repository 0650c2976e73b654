// The networks that aren't part of the public internet, by IANA's special-purpose address registries:
// https://www.iana.org/assignments/iana-ipv4-special-registry
// https://www.iana.org/assignments/iana-ipv6-special-registry
extension IPAddress {
    /// A network, with the description of its addresses in a message.
    private struct Network {
        let prefix: [UInt8]
        let bits: Int
        let kind: String

        init(_ prefix: [UInt8], _ bits: Int, _ kind: String) {
            (self.prefix, self.bits, self.kind) = (prefix, bits, kind)
        }

        func contains(_ bytes: ArraySlice<UInt8>) -> Bool {
            for (index, byte) in prefix.enumerated() {
                let significant = min(max(bits - index * 8, 0), 8)
                let mask = ~UInt8(truncatingIfNeeded: 0xFF >> significant)
                guard (bytes[bytes.startIndex + index] ^ byte) & mask == 0 else { return false }
            }
            return true
        }
    }

    private static let ipv4Networks = [
        Network([0], 8, "an address of this network"),
        Network([10], 8, "a private address"),
        Network([100, 64], 10, "an address of a carrier's network"),
        Network([127], 8, "a loopback address"),
        Network([169, 254], 16, "a link-local address"),
        Network([172, 16], 12, "a private address"),
        Network([192, 0, 0], 24, "a reserved address"),
        Network([192, 0, 2], 24, "a documentation address"),
        Network([192, 88, 99], 24, "a reserved address"),
        Network([192, 168], 16, "a private address"),
        Network([198, 18], 15, "a benchmark address"),
        Network([198, 51, 100], 24, "a documentation address"),
        Network([203, 0, 113], 24, "a documentation address"),
        Network([224], 4, "a multicast address"),
        Network([255, 255, 255, 255], 32, "the broadcast address"),
        Network([240], 4, "a reserved address"),
        // Not in the registry: Azure's virtual machines reach their host's agent there, which hands out certificates
        // (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
        Network([168, 63, 129, 16], 32, "an address of a cloud's metadata service"),
    ]

    private static let ipv6Networks = [
        Network(Array(repeating: 0, count: 16), 128, "the unspecified address"),
        Network(Array(repeating: 0, count: 15) + [1], 128, "a loopback address"),
        Network([0x01], 8, "a discard-only address"),
        Network([0xFC], 7, "a unique local address"),
        Network([0xFE, 0x80], 10, "a link-local address"),
        Network([0xFE, 0xC0], 10, "a site-local address"),
        Network([0xFF], 8, "a multicast address"),
        // IETF protocol assignments. Teredo's network within them is treated separately.
        Network([0x20, 0x01, 0x00], 23, "a reserved address"),
        Network([0x20, 0x01, 0x0D, 0xB8], 32, "a documentation address"),
        Network([0x3F, 0xFF, 0x00], 20, "a documentation address"),
    ]

    /// Networks whose addresses contain an IPv4 address, with the position of its first byte.
    ///
    /// `::ffff:0:0/96` is IPv4-mapped (RFC 4291), `64:ff9b::/96` NAT64 (RFC 6052), as DNS64 creates it in networks
    /// without IPv4, and `2002::/16` 6to4 (RFC 3056).
    private static let wrappingNetworks = [
        (Network(Array(repeating: 0, count: 10) + [0xFF, 0xFF], 96, ""), 12),
        (Network([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96, ""), 12),
        (Network([0x20, 0x02], 16, ""), 2),
    ]

    /// Teredo (RFC 4380): the server's address follows the prefix, and the client's is at the end, inverted.
    private static let teredo = Network([0x20, 0x01, 0, 0], 32, "")

    /// The description of an address that isn't part of the public internet, such as `a loopback address`. `nil` for a
    /// public address.
    ///
    /// An IPv6 address that contains an IPv4 address is public if the latter is. Every IPv6 address outside of
    /// `2000::/3` isn't public otherwise, including the IPv4-compatible ones (`::127.0.0.1`) and local NAT64
    /// (`64:ff9b:1::/48`).
    package var specialPurpose: String? {
        guard bytes.count == 16 else { return Self.specialPurpose(ofIPv4: bytes[...]) }
        for (network, start) in Self.wrappingNetworks where network.contains(bytes[...]) {
            return Self.specialPurpose(ofIPv4: bytes[start..<(start + 4)])
        }
        if Self.teredo.contains(bytes[...]) {
            let client = bytes[12...].map { ~$0 }
            return Self.specialPurpose(ofIPv4: bytes[4..<8]) ?? Self.specialPurpose(ofIPv4: client[...])
        }
        if let network = Self.ipv6Networks.first(where: { $0.contains(bytes[...]) }) { return network.kind }
        return bytes[0] & 0xE0 == 0x20 ? nil : "a reserved address"
    }

    private static func specialPurpose(ofIPv4 bytes: ArraySlice<UInt8>) -> String? {
        ipv4Networks.first { $0.contains(bytes) }?.kind
    }
}
