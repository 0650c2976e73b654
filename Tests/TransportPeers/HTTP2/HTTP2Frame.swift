/// An HTTP/2 frame (RFC 9113, section 4.1).
package struct HTTP2Frame: Sendable {
    /// The frame types that the peer sends or handles.
    package enum Kind: UInt8, Sendable {
        case data = 0
        case headers = 1
        case resetStream = 3
        case settings = 4
        case ping = 6
        case goAway = 7
        case windowUpdate = 8
        case continuation = 9
    }

    /// The flags of a frame. The meaning of a bit depends on the frame type.
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The last frame of its stream in this direction (DATA, HEADERS).
        package static let endStream = Self(rawValue: 0x1)
        /// An acknowledgement (SETTINGS, PING).
        package static let acknowledgement = Self(rawValue: 0x1)
        /// The last frame of a header block (HEADERS, CONTINUATION).
        package static let endHeaders = Self(rawValue: 0x4)
    }

    /// The raw frame type, which isn't necessarily a ``Kind``.
    package let kind: UInt8
    package let flags: Flags
    /// The stream identifier; 0 for the connection.
    package let stream: UInt32
    package let payload: [UInt8]

    /// Creates a frame, by default without flags and payload on the connection itself.
    package init(_ kind: Kind, flags: Flags = [], stream: UInt32 = 0, payload: [UInt8] = []) {
        self.kind = kind.rawValue
        self.flags = flags
        self.stream = stream
        self.payload = payload
    }

    /// Parses a frame at the beginning of the bytes. Fails if the frame is incomplete.
    init?(_ bytes: ArraySlice<UInt8>) {
        let head = bytes.prefix(9)
        guard head.count == 9 else { return nil }
        let start = bytes.startIndex
        let count = Int(bytes[start]) << 16 | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
        let payload = bytes.dropFirst(9).prefix(count)
        guard payload.count == count else { return nil }
        kind = bytes[start + 3]
        flags = Flags(rawValue: bytes[start + 4])
        stream = bytes[(start + 5)..<(start + 9)].reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        self.payload = Array(payload)
    }

    /// The frame in its wire form.
    package var bytes: [UInt8] {
        let count = payload.count
        return [UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF), kind, flags.rawValue]
            + stream.bigEndianBytes + payload
    }
}

extension UInt32 {
    /// The four bytes in network order.
    var bigEndianBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (24 - 8 * $0)) } }
}
