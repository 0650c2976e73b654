#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A redaction of keys in responses and errors, in plain and in encoded form.
struct KeyRedaction {
    static let mark = "[redacted]"

    /// The minimum length in bytes of a redacted key. Shorter keys also occur in ordinary text, which redaction would
    /// destroy.
    private static let minimumLength = 6

    private let matchers: [EscapedKeyMatcher]
    private let prefixFilter: KeyPrefixFilter
    /// The length in bytes of the shortest key. An encoded key is never shorter than the key.
    private let minimumKeyLength: Int

    /// Creates a redaction of keys. Keys shorter than six bytes are ignored.
    init(_ keys: Set<APIKey>) {
        let longEnough = keys.map(\.secret).filter { $0.utf8.count >= Self.minimumLength }
        matchers = longEnough.map { EscapedKeyMatcher(of: $0) }
        prefixFilter = KeyPrefixFilter(of: longEnough)
        minimumKeyLength = longEnough.map(\.utf8.count).min() ?? .max
    }

    func apply(to text: String) -> String { replaced(in: text) ?? text }

    /// Returns the text with every key replaced, or `nil` if it contains none.
    private func replaced(in text: String) -> String? {
        // Most header fields are shorter than a key.
        guard text.utf8.count >= minimumKeyLength else { return nil }
        var text = text
        let clean = text.withUTF8 { bytes in replaced(in: UnsafeRawBufferPointer(bytes)) }
        return clean.map { String(decoding: $0, as: UTF8.self) }
    }

    func apply(to response: FetchResponse) -> FetchResponse {
        guard !matchers.isEmpty else { return response }
        var result = response
        // Few responses echo the key, so the headers are copied only if they contain it.
        if response.headers.fields.contains(where: { replaced(in: $0.name) != nil || replaced(in: $0.value) != nil }) {
            result.headers = response.headers.mapStrings(apply(to:))
        }
        if let body = response.body.withUnsafeBytes({ replaced(in: $0) }) { result.body = Data(body) }
        if let body = result.body.withUnsafeBytes({ redactedWithoutZeros($0) }) { result.body = Data(body) }
        return result
    }

    /// Returns the bytes without zeros and with every key replaced, or `nil` if they contain no key.
    ///
    /// This finds keys in UTF-16 and UTF-32, which excerpts in errors would show.
    private func redactedWithoutZeros(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard SWAR.containsZero(bytes) else { return nil }
        return bytes.filter { $0 != 0 }.withUnsafeBytes { replaced(in: $0) }
    }

    /// Returns a transport's error with the keys in its message and remedy replaced. Properties that the client sets
    /// are dropped.
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

    /// Returns the bytes with every key replaced, or `nil` if they contain none.
    private func replaced(in bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard bytes.count >= minimumKeyLength else { return nil }
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while let start = prefixFilter.first(in: bytes, from: index) {
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

    /// Returns the end of a key that begins at `start`, or `nil` if none does.
    private func end(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        for matcher in matchers {
            if let end = matcher.end(in: bytes, from: start) { return end }
        }
        return nil
    }
}
