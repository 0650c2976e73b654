#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A redaction of keys in responses and errors, in plain and in encoded form.
///
/// A reference, since each request passes it on.
final class KeyRedaction: Sendable {
    static let mark = "[redacted]"

    /// The minimum length in bytes of a redacted key. Shorter keys also occur in ordinary text, which redaction would
    /// destroy.
    private static let minimumLength = 6

    private let forms: Set<String>
    private let search: KeySearch

    /// Creates a redaction of keys. Keys shorter than six bytes are ignored.
    convenience init(_ keys: some Sequence<APIKey>) { self.init(forms: Set(keys.flatMap(KeyForms.strings))) }

    private init(forms: Set<String>) {
        self.forms = forms.filter { $0.utf8.count >= Self.minimumLength }
        search = KeySearch(for: self.forms.sorted())
    }

    /// Returns the redaction of further strings, such as a signature.
    func adding(_ others: [String]) -> KeyRedaction {
        others.isEmpty ? self : KeyRedaction(forms: forms.union(others))
    }

    func apply(to text: String) -> String { replaced(in: text) ?? text }

    /// Returns true if a string contains a key.
    func matches(_ text: String) -> Bool { replaced(in: text) != nil }

    /// Returns the text with every key replaced, or `nil` if it contains none.
    private func replaced(in text: String) -> String? {
        // Most header fields are shorter than a key.
        guard text.utf8.count >= search.minimumLength else { return nil }
        var text = text
        let clean = text.withUTF8 { bytes in search.replacing(in: UnsafeRawBufferPointer(bytes)) }
        return clean.map { String(decoding: $0, as: UTF8.self) }
    }

    func apply(to response: FetchResponse) -> FetchResponse {
        guard !forms.isEmpty else { return response }
        var result = response
        // Few responses echo the key, so the headers are copied only if they contain it.
        if response.headers.fields.contains(where: { replaced(in: $0.name) != nil || replaced(in: $0.value) != nil }) {
            result.headers = response.headers.mapped(
                name: { search.isName($0) ? $0 : apply(to: $0) },
                value: apply(to:)
            )
        }
        if let body = response.body.withUnsafeBytes({ replaced(inBody: $0) }) { result.body = Data(body) }
        if let body = result.body.withUnsafeBytes({ redactedWithoutZeros($0) }) { result.body = Data(body) }
        return result
    }

    /// Returns the bytes of a body with every key replaced, or `nil` if they contain none.
    ///
    /// Whether the body is JSON matters only if it contains a key, which few bodies do.
    private func replaced(inBody bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let replaced = search.replacing(in: bytes) else { return nil }
        guard let strings = JSONStrings(of: bytes) else { return replaced }
        return search.replacing(in: bytes, strings)
    }

    /// Returns the bytes without zeros and with every key replaced, or `nil` if they contain no key.
    ///
    /// This finds keys in UTF-16 and UTF-32, which excerpts in errors would show.
    private func redactedWithoutZeros(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard ByteBlock.containsZero(bytes) else { return nil }
        return bytes.filter { $0 != 0 }.withUnsafeBytes { search.replacing(in: $0) }
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
}
