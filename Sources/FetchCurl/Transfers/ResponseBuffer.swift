import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The part of a response received so far, within its limits.
///
/// The task that called `send` allocates the buffer, with capacity for a common response, and also frees it. Memory
/// that one thread allocates and another frees makes both contend for an allocator lock, which would slow down the
/// event loop most.
struct ResponseBuffer: Sendable {
    /// A limit that a response has exceeded.
    enum Excess {
        case headBytes, headFields, bodyBytes, smallParts
    }

    /// The maximum body capacity in bytes that is reserved in advance.
    private static let maximumReservedBody = 2_048

    private(set) var head: [UInt8] = []
    private(set) var body = Data()
    /// The exceeded limit; `nil` while the response is within its limits.
    private(set) var excess: Excess?
    /// True if the empty line after the last head has been received. libcurl itself accepts a truncated head as
    /// complete.
    private(set) var isHeadComplete = false
    var limits = Limits()
    private var headBytes = 0
    private var headFields = 0
    private var parts = 0
    private var streamedBytes = 0

    /// The number of body parts without a minimum size. Further parts must have 16 bytes on average.
    private static let unlimitedParts = 65_536

    /// The maximum sizes of a response.
    struct Limits: Sendable {
        var headBytes = 0
        var headFields = 0
        var bodyBytes = 0
    }

    /// Creates a buffer without reserved capacity.
    init() {}

    /// Creates a buffer with capacity for a common head and for a body of an expected size in bytes.
    init(bodyCapacity: Int) {
        head.reserveCapacity(480)
        body = Data(capacity: min(bodyCapacity, Self.maximumReservedBody))
    }

    /// True if no byte of a response has been received.
    var isUntouched: Bool { headBytes == 0 }

    /// True if the last head has an HTTP/1 status line.
    var isHTTP1: Bool { head.starts(with: "HTTP/1".utf8) }

    /// Appends a line of a head. Trailer fields are counted and dropped. Returns false if a limit is exceeded.
    mutating func receive(head line: UnsafeRawBufferPointer) -> Bool {
        headBytes += line.count
        headFields += 1
        guard headBytes <= limits.headBytes else { return stop(.headBytes) }
        guard headFields <= limits.headFields else { return stop(.headFields) }
        // Each interim response has its own head. Only the last head is kept.
        if line.first == UInt8(ascii: "H"), line.starts(with: "HTTP/".utf8), body.isEmpty, streamedBytes == 0 {
            head.removeAll(keepingCapacity: true)
            isHeadComplete = false
        }
        guard !isHeadComplete else { return true }
        head.append(contentsOf: line)
        isHeadComplete = line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n")
        return true
    }

    /// Appends a decompressed part of the body. Returns false if a limit is exceeded.
    mutating func receive(body part: UnsafeRawBufferPointer) -> Bool {
        parts += 1
        guard part.count <= limits.bodyBytes - body.count else { return stop(.bodyBytes) }
        guard parts <= Self.unlimitedParts + body.count / 16 else { return stop(.smallParts) }
        body.append(contentsOf: part)
        return true
    }

    /// Checks the limits for a part of a body that is streamed, and therefore isn't stored here. Returns false if a
    /// limit is exceeded.
    mutating func admit(streamed part: UnsafeRawBufferPointer) -> Bool {
        guard part.count <= limits.bodyBytes - streamedBytes else { return stop(.bodyBytes) }
        guard parts < Self.unlimitedParts + streamedBytes / 16 else { return stop(.smallParts) }
        return true
    }

    /// Counts a part of a body that has been passed on.
    mutating func count(streamed part: UnsafeRawBufferPointer) {
        parts += 1
        streamedBytes += part.count
    }

    private mutating func stop(_ excess: Excess) -> Bool {
        self.excess = excess
        return false
    }
}
