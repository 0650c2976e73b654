import FetchCore

/// The request line and the header fields of a request.
struct LoopbackRequestHead {
    /// The framing of the body (RFC 9112, section 6.3).
    enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
    }

    typealias Refusal = LoopbackRequestReader.Refusal

    let method: RequestMethod
    /// The path and the query, with a leading slash.
    let target: String
    let headers: HeaderFields
    let framing: Framing
    let keepsConnection: Bool

    /// Parses a head without its final empty line.
    init(_ bytes: some BidirectionalCollection<UInt8>) throws(Refusal) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(reason: "The head isn't valid UTF-8.")
        }
        let lines = text.utf8.split(separator: "\r\n".utf8, omittingEmptySubsequences: false).map { String($0) ?? "" }
        let words = lines[0].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, HeaderSyntax.isToken(words[0]) else {
            throw Refusal(reason: "The request line isn't a method, a target and a version.")
        }
        guard words[1].first == "/", words[1].utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Refusal(reason: "The target isn't a path.")
        }
        guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
            throw Refusal(reason: "The version isn't HTTP/1.1 or HTTP/1.0.")
        }
        method = RequestMethod(String(words[0]))
        target = String(words[1])
        headers = try Self.headers(in: lines.dropFirst())
        framing = try Self.framing(of: headers)
        let isCurrent = words[2] == "HTTP/1.1"
        guard headers.fields.count(where: { $0.name.lowercased() == "host" }) == 1 || !isCurrent else {
            throw Refusal(reason: "The request must have exactly one Host.")
        }
        keepsConnection = isCurrent && headers["Connection"]?.lowercased() != "close"
    }

    private static func headers(in lines: some Sequence<String>) throws(Refusal) -> HeaderFields {
        var headers = HeaderFields()
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { throw Refusal(reason: "A header field has no colon.") }
            let name = line[..<colon]
            guard HeaderSyntax.isToken(name) else {
                throw Refusal(reason: "A header field has an invalid name.")
            }
            let value = line[line.index(after: colon)...].trimmingCharacters(of: " \t")
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 }) else {
                throw Refusal(reason: "A header field contains a control character.")
            }
            headers.append(name: String(name), value: value)
        }
        return headers
    }

    private static func framing(of headers: HeaderFields) throws(Refusal) -> Framing {
        let lengths = headers.fields.filter { $0.name.lowercased() == "content-length" }.map(\.value)
        let encodings = headers.fields.filter { $0.name.lowercased() == "transfer-encoding" }.map(\.value)
        if !encodings.isEmpty {
            guard encodings.count == 1, encodings[0].lowercased() == "chunked", lengths.isEmpty else {
                throw Refusal(reason: "The framing of the body is unsupported or ambiguous.")
            }
            return .chunked
        }
        guard let length = lengths.first else { return .none }
        guard lengths.count == 1, !length.isEmpty, length.utf8.allSatisfy(ASCII.isDigit), let count = Int(length) else {
            throw Refusal(reason: "The Content-Length isn't a single number.")
        }
        return .length(count)
    }
}

extension StringProtocol {
    /// Returns the string without these characters at its ends.
    func trimmingCharacters(of characters: String) -> String {
        var trimmed = self[...]
        while let first = trimmed.first, characters.contains(first) { trimmed.removeFirst() }
        while let last = trimmed.last, characters.contains(last) { trimmed.removeLast() }
        return String(trimmed)
    }
}
