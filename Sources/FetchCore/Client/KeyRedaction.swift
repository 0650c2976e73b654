#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Blots a key out of whatever a server or a transport says, also where it is percent-encoded or escaped for JSON.
struct KeyRedaction {
    static let mark = "[redacted]"

    /// Shorter keys can't be told from ordinary text: blotting out a key "a" would leave nothing of an answer.
    private static let shortest = 6

    private let forms: [[UInt8]]

    init(_ key: APIKey?) {
        guard let secret = key?.secret, secret.utf8.count >= Self.shortest else {
            forms = []
            return
        }
        let encoded = PercentEncoding.encode(secret)
        let texts: Set = [
            secret,
            encoded,
            Self.withSmallEscapes(encoded),
            secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("/", with: "\\/"),
        ]
        forms = texts.map { Array($0.utf8) }.sorted { $0.count > $1.count }
    }

    private static func withSmallEscapes(_ encoded: String) -> String {
        var result = ""
        var toLower = 0
        for character in encoded {
            result += toLower > 0 ? character.lowercased() : String(character)
            toLower = character == "%" ? 2 : max(toLower - 1, 0)
        }
        return result
    }

    func apply(to text: String) -> String {
        replaced(in: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    func apply(to response: FetchResponse) -> FetchResponse {
        guard !forms.isEmpty else { return response }
        var result = response
        result.headers = response.headers.mapValues(apply(to:))
        if let body = response.body.withUnsafeBytes({ replaced(in: $0) }) { result.body = Data(body) }
        return result
    }

    /// The bytes with every form of the key replaced, or nil where there is none.
    private func replaced(in bytes: some RandomAccessCollection<UInt8>) -> [UInt8]? {
        let firstBytes = Set(forms.compactMap(\.first))
        var result: [UInt8]?
        var copied = bytes.startIndex
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard firstBytes.contains(bytes[index]), let form = forms.first(where: { bytes[index...].starts(with: $0) })
            else {
                bytes.formIndex(after: &index)
                continue
            }
            result = (result ?? []) + bytes[copied..<index] + Array(Self.mark.utf8)
            index = bytes.index(index, offsetBy: form.count)
            copied = index
        }
        return result.map { $0 + bytes[copied...] }
    }
}
