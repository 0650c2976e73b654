/// The syntax of header field names and values (RFC 9110).
enum HeaderName {
    /// The headers that frame or route the message. The client or the transport sets them.
    private static let reserved: Set = [
        "host", "content-length", "content-type", "transfer-encoding", "connection", "expect", "te", "trailer",
        "upgrade",
    ]
    private static let punctuation = Set("!#$%&'*+-.^_`|~".utf8)

    static func isValidName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: punctuation.contains(byte)
                }
            }
    }

    static func isReserved(_ name: String) -> Bool { reserved.contains(name.lowercased()) }

    /// Returns true if the string is printable ASCII.
    static func isValidValue(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
