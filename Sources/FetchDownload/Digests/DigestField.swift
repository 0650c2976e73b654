#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The values of `Repr-Digest` and `Content-Digest`: a dictionary of byte sequences, such as `sha-256=:…:`
/// ([RFC 9651](https://www.rfc-editor.org/rfc/rfc9651), sections 3.2 and 3.3.5).
enum DigestField {
    private static let algorithms = ["sha-256": DigestAlgorithm.sha256, "sha-512": .sha512]

    /// Returns the digests of known algorithms. Members that aren't byte sequences are skipped, and of several with the
    /// same key, the last one counts.
    static func digests(in value: String) -> [StatedDigest] {
        var digests: [DigestAlgorithm: StatedDigest] = [:]
        for member in members(of: Array(value.utf8.prefix(8_192))) {
            guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let key = String(decoding: member[..<equals], as: UTF8.self).trimmingSpace
            guard let algorithm = algorithms[key] else { continue }
            digests[algorithm] = bytes(member[(equals + 1)...]).flatMap { StatedDigest(algorithm, $0) }
        }
        return Array(digests.values)
    }

    /// Splits a dictionary at its commas, except for those in the strings of parameters.
    private static func members(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var members: [ArraySlice<UInt8>] = []
        var (start, isInString, isEscaped) = (0, false, false)
        for (index, byte) in bytes.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if isInString {
                isEscaped = byte == UInt8(ascii: "\\")
                isInString = byte != UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: ",") {
                members.append(bytes[start..<index])
                start = index + 1
            }
        }
        return members + [bytes[start...]]
    }

    /// Returns the bytes of a sequence between colons. Parameters may follow.
    private static func bytes(_ value: ArraySlice<UInt8>) -> [UInt8]? {
        guard value.first == UInt8(ascii: ":") else { return nil }
        let encoded = value.dropFirst().prefix { $0 != UInt8(ascii: ":") }
        let rest = value[encoded.endIndex...].dropFirst().drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard encoded.endIndex < value.endIndex, rest.isEmpty || rest.first == UInt8(ascii: ";") else { return nil }
        return Data(base64Encoded: Data(encoded)).map(Array.init)
    }
}
