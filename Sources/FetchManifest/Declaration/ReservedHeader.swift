/// The header fields that frame or route a message. The client or the transport sets them.
enum ReservedHeader {
    private static let names: Set = [
        "host", "content-length", "content-type", "transfer-encoding", "connection", "expect", "te", "trailer",
        "upgrade",
    ]

    /// Returns true if a manifest must not set the field.
    static func contains(_ name: String) -> Bool { names.contains(name.lowercased()) }
}
