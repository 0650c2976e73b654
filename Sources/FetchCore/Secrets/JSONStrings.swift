#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The strings of a JSON document, including the names of members.
struct JSONStrings: Sequence, IteratorProtocol {
    /// A string of the document.
    struct Element {
        /// The offsets of the bytes between the quotation marks.
        let content: Range<Int>
        /// True if it is the name of a member.
        let isName: Bool
    }

    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    /// Creates the sequence. `nil` if the bytes aren't JSON, or exceed the limits of ``JSONLimits``.
    ///
    /// - Parameter bytes: The bytes, which must stay valid while the sequence is used.
    init?(of bytes: UnsafeRawBufferPointer) {
        // A page or a log isn't parsed.
        let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
        guard let first, "{[\"".utf8.contains(first) else { return nil }
        guard (try? JSONParser.value(of: bytes, within: JSONLimits())) != nil else { return nil }
        self.bytes = bytes
    }

    mutating func next() -> Element? {
        while index < bytes.count, bytes[index] != Self.quotationMark { index += 1 }
        guard index < bytes.count else { return nil }
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != Self.quotationMark {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        // The document is valid, so every string ends.
        let end = Swift.min(index, bytes.count)
        index = end + 1
        var following = index
        while following < bytes.count, bytes[following] <= 0x20 { following += 1 }
        return Element(content: start..<end, isName: following < bytes.count && bytes[following] == UInt8(ascii: ":"))
    }

    private static let quotationMark = UInt8(ascii: "\"")
}
