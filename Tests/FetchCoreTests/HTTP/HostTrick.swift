/// A host as an attacker writes it in a link, with the reason for which it is refused.
struct HostTrick: Sendable, CustomStringConvertible {
    let host: String
    /// A part of the reason; `nil` if the host is allowed.
    let reason: String?

    var description: String { host }

    private init(_ host: String, _ reason: String?) { (self.host, self.reason) = (host, reason) }

    private static func refused(_ reason: String, _ hosts: String...) -> [Self] { hosts.map { Self($0, reason) } }

    private static func allowed(_ hosts: String...) -> [Self] { hosts.map { Self($0, nil) } }

    static let all = ipv4 + unusualForms + ipv6 + wrapped + names + characters + publicHosts

    private static let ipv4 =
        refused("loopback", "127.0.0.1", "127.1.2.3", "127.255.255.255", "127.0.0.1.")
        + refused("private", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1")
        + refused("link-local", "169.254.169.254", "169.254.0.1", "169.254.169.254.")
        + refused("carrier", "100.64.0.1", "100.100.100.200", "100.127.255.255")
        + refused("this network", "0.0.0.0", "0.1.2.3")
        + refused("multicast", "224.0.0.1", "239.255.255.255")
        + refused("reserved", "240.0.0.1", "255.255.255.254", "192.0.0.1", "192.0.0.192", "192.88.99.1")
        + refused("broadcast", "255.255.255.255")
        + refused("benchmark", "198.18.0.1", "198.19.255.255")
        + refused("documentation", "192.0.2.1", "198.51.100.1", "203.0.113.1")
        + refused("metadata", "168.63.129.16")

    private static let unusualForms =
        // Decimal, hexadecimal and octal numbers, fewer than four parts, and their mixtures.
        refused("unusual form", "2130706433", "0x7f000001", "0x7F.0.0.1", "0x7f.1", "017700000001", "0177.0.0.1")
        + refused("unusual form", "127.1", "127.0.1", "127.0.0.01", "010.0.0.1", "0000127.0.0.1", "00000000.0.0.1")
        + refused(
            "unusual form",
            "0",
            "0x0",
            "0x",
            "1.2.3.4.5",
            "127.0.0.256",
            "4294967296",
            "0xa9fea9fe",
            "2852039166"
        )
        // Public in decimal and another address in octal: parsers don't agree.
        + refused(
            "unusual form",
            "8.8.8.010",
            "08.8.8.8",
            "8.8.8",
            "134744072",
            "1.1",
            "2130706433.",
            "0x7f.0x0.0x0.0x1"
        )

    private static let ipv6 =
        refused("loopback", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "::1")
        + refused("unspecified", "[::]", "[0::0]")
        + refused("unique local", "[fc00::1]", "[fd00:ec2::254]", "[FD12:3456::1]")
        + refused("link-local", "[fe80::1]", "[febf::1]")
        + refused("zone", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[2606:4700::1111%251]")
        + refused("site-local", "[fec0::1]")
        + refused("multicast", "[ff02::1]", "[ff0e::1]")
        + refused("documentation", "[2001:db8::1]", "[3fff::1]", "[3fff:fff::1]")
        + refused("reserved", "[2001:2::1]", "[2001:10::1]", "[2001:1ff::1]", "[4000::1]", "[5f00::1]")
        + refused("discard", "[100::1]")
        + refused(
            "valid IPv6",
            "[::1",
            "::1]",
            "[]",
            "[:::1]",
            "[1::2::3]",
            "[12345::]",
            "[::1.2.3]",
            "[v1.fe]",
            "[127.0.0.1]"
        )
        + refused("valid IPv6", "[::ffff:127.0.0.01]", "[::ffff:0x7f.0.0.1]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7]")

    private static let wrapped =
        refused(
            "loopback",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:127.0.0.1]",
            "[64:ff9b::127.0.0.1]"
        )
        + refused(
            "loopback",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::]",
            "[2001:0:808:808::80ff:fffe]"
        )
        + refused("link-local", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::1]")
        + refused("private", "[::ffff:10.0.0.1]", "[2002:c0a8:1::1]", "[2001:0:808:808::f5ff:fffe]")
        // IPv4-compatible, IPv4-translated and local NAT64 addresses.
        + refused("reserved", "[::127.0.0.1]", "[::8.8.8.8]", "[::ffff:0:127.0.0.1]", "[64:ff9b:1::7f00:1]")

    private static let names =
        refused("local network", "localhost", "LOCALHOST", "localhost.", "a.localhost", "metadata", "redis", "com")
        + refused("local network", "printer.local", "metadata.google.internal", "nas.home.arpa", "internal")
        + refused(
            "host name",
            "127.0.0.1..",
            "a..example.com",
            ".example.com",
            ".",
            "..",
            String(repeating: "a", count: 64) + ".com"
        )

    private static let characters =
        refused(
            "invalid character",
            "１２７.0.0.1",
            "127。0。0。1",
            "①②⑦.0.0.1",
            "ⓛocalhost",
            "exa mple.com",
            "example.com\0"
        )
        + refused(
            "invalid character",
            "127.0.0.1\t",
            "example.com/",
            "a@127.0.0.1",
            "127.0.0.1:80x,",
            "bücher.example",
            ""
        )
        + refused("zone", "127.0.0.1%00", "%31%32%37.0.0.1", "example%2ecom")

    private static let publicHosts =
        allowed("8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255")
        + allowed("100.63.255.255", "100.128.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "128.0.0.1")
        + allowed(
            "[2606:4700:4700::1111]",
            "[2a00:1450::1]",
            "[64:ff9b::8.8.8.8]",
            "[::ffff:8.8.8.8]",
            "[2002:808:808::1]"
        )
        + allowed(
            "example.com",
            "EXAMPLE.com.",
            "a.b.c.example.com",
            "xn--bcher-kva.example",
            "my_bucket.s3.amazonaws.com"
        )
        // Names that resolve to an address of their own choice: the transport checks it.
        + allowed("127.0.0.1.nip.io", "localhost.example.com", "0x7f.example.com", "10.0.0.1.example", "1.2.3.4a")
        + allowed("local.example", "internal.example.com", "a-b.example", "123.example", "0xg.0xh")
}
