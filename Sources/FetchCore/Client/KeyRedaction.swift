#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Blots a key out of whatever a server or a transport says, however it is spelt there.
struct KeyRedaction {
    static let mark = "[redacted]"

    /// Shorter keys can't be told from ordinary text: blotting out a key "a" would leave nothing of an answer.
    private static let shortest = 6

    private let spellings: [KeySpelling]
    /// The places where a spelling of any of the keys can begin.
    private let beginnings: KeyBeginnings
    /// No spelling of a key is shorter than the key.
    private let shortestSpelling: Int

    /// Prepares for these keys: the one that was sent, and others that a server might know.
    init(_ keys: Set<APIKey>) {
        let longEnough = keys.map(\.secret).filter { $0.utf8.count >= Self.shortest }
        spellings = longEnough.map { KeySpelling(of: $0) }
        beginnings = KeyBeginnings(of: longEnough)
        shortestSpelling = longEnough.map(\.utf8.count).min() ?? .max
    }

    func apply(to text: String) -> String { replaced(in: text) ?? text }

    /// The text with every spelling of a key replaced, or nil where there is none.
    private func replaced(in text: String) -> String? {
        // Most header fields are too short for a key.
        guard text.utf8.count >= shortestSpelling else { return nil }
        var text = text
        let clean = text.withUTF8 { bytes in replaced(in: UnsafeRawBufferPointer(bytes)) }
        return clean.map { String(decoding: $0, as: UTF8.self) }
    }

    func apply(to response: FetchResponse) -> FetchResponse {
        guard !spellings.isEmpty else { return response }
        var result = response
        // Hardly any answer echoes the key, and its headers needn't be made anew.
        if response.headers.fields.contains(where: { replaced(in: $0.name) != nil || replaced(in: $0.value) != nil }) {
            result.headers = response.headers.mapStrings(apply(to:))
        }
        if let body = response.body.withUnsafeBytes({ replaced(in: $0) }) { result.body = Data(body) }
        if let body = result.body.withUnsafeBytes({ narrowed($0) }) { result.body = Data(body) }
        return result
    }

    /// The bytes without their zeros, where those hide a key: text in UTF-16 or UTF-32, which is excerpted like any other.
    private func narrowed(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard SWAR.containsZero(bytes) else { return nil }
        return bytes.filter { $0 != 0 }.withUnsafeBytes { replaced(in: $0) }
    }

    /// What a transport's error says of the request. Of the job a transport knows nothing.
    func apply(to error: FetchError) -> FetchError {
        var result = FetchError(
            error.code,
            apply(to: error.message),
            remedy: error.remedy.map(apply(to:)),
            isRetryable: error.isRetryable,
            retryAfter: error.retryAfter
        )
        result.httpStatus = error.httpStatus
        return result
    }

    /// The bytes with every spelling of the key replaced, or nil where there is none.
    private func replaced(in bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard bytes.count >= shortestSpelling else { return nil }
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while let start = beginnings.first(in: bytes, from: index) {
            guard let end = end(in: bytes, from: start) else {
                index = start + 1
                continue
            }
            result += bytes[copied..<start]
            result += Self.mark.utf8
            index = end
            copied = end
        }
        guard copied > 0 else { return nil }
        result += bytes[copied...]
        return result
    }

    /// Where the key that begins there ends, or nil where none begins.
    private func end(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        for spelling in spellings {
            if let end = spelling.end(in: bytes, from: start) { return end }
        }
        return nil
    }
}
