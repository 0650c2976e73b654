import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A response as far as it has been received, within its limits.
///
/// The task that waits for the response makes the buffer, with room for a usual response. It also frees what is in it: memory that
/// one thread takes and another one gives back makes both wait for a lock of the allocator, and the event loop, which takes and
/// gives back much, most of all.
struct ResponseBuffer: Sendable {
    /// The limit that a response has gone beyond.
    enum Excess {
        case headBytes, headFields, bodyBytes, smallParts
    }

    /// The bytes of a body for which there may be room before it has come.
    private static let largestRoom = 2_048

    private(set) var head: [UInt8] = []
    private(set) var body = Data()
    /// The limit that ended the reception.
    private(set) var excess: Excess?
    /// True if the empty line behind the last head has come. libcurl takes a head that breaks off for a whole one.
    private(set) var isHeadComplete = false
    var limits = Limits()
    private var headBytes = 0
    private var headFields = 0
    private var parts = 0

    /// The number of parts of a body that may be of any size. Beyond it, they have to have 16 bytes on average.
    private static let freeParts = 65_536

    /// The numbers beyond which a response is refused.
    struct Limits: Sendable {
        var headBytes = 0
        var headFields = 0
        var bodyBytes = 0
    }

    /// Creates a buffer without room.
    init() {}

    /// Creates a buffer with room for a usual head, and for a body of a number of bytes.
    init(bodyRoom: Int) {
        head.reserveCapacity(480)
        body = Data(capacity: min(bodyRoom, Self.largestRoom))
    }

    /// True if no byte of a response has come.
    var isUntouched: Bool { headBytes == 0 }

    /// True if the response began with the status line of HTTP/1.
    var isHTTP1: Bool { head.starts(with: "HTTP/1".utf8) }

    /// Takes a line of a head, or a trailer field, which is counted and dropped; false beyond a limit.
    mutating func receive(head line: UnsafeRawBufferPointer) -> Bool {
        headBytes += line.count
        headFields += 1
        guard headBytes <= limits.headBytes else { return stop(.headBytes) }
        guard headFields <= limits.headFields else { return stop(.headFields) }
        // Each interim response has a head of its own, and the last one counts.
        if line.first == UInt8(ascii: "H"), line.starts(with: "HTTP/".utf8), body.isEmpty {
            head.removeAll(keepingCapacity: true)
            isHeadComplete = false
        }
        guard !isHeadComplete else { return true }
        head.append(contentsOf: line)
        isHeadComplete = line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n")
        return true
    }

    /// Takes a part of the body, decompressed; false beyond a limit.
    mutating func receive(body part: UnsafeRawBufferPointer) -> Bool {
        parts += 1
        guard part.count <= limits.bodyBytes - body.count else { return stop(.bodyBytes) }
        guard parts <= Self.freeParts + body.count / 16 else { return stop(.smallParts) }
        body.append(contentsOf: part)
        return true
    }

    private mutating func stop(_ excess: Excess) -> Bool {
        self.excess = excess
        return false
    }
}
