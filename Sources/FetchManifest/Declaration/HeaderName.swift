/// What names and values of header fields look like (RFC 9110).
enum HeaderName {
    /// Those that describe the message itself: the transport sets them.
    private static let reserved: Set = [
        "host", "content-length", "content-type", "transfer-encoding", "connection", "expect", "te", "trailer",
        "upgrade",
    ]
    private static let marks = Set("!#$%&'*+-.^_`|~".utf8)

    static func isOne(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: marks.contains(byte)
                }
            }
    }

    static func isReserved(_ name: String) -> Bool { reserved.contains(name.lowercased()) }

    /// Whether a value can stand on a header's line: printable ASCII.
    static func isValue(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
