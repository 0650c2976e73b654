public import FetchCore

/// A place in a JSON document ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), such as `/data/id`.
public struct JSONPointer: Sendable, Hashable {
    /// The pointer as a string.
    public let rawValue: String

    private let tokens: [String]

    /// Creates a pointer.
    ///
    /// - Parameter text: A string such as `/data/id`. In a name, `~1` is a slash and `~0` a tilde. The empty string is
    ///   the whole document.
    /// - Throws: ``WebhookError`` with the code ``WebhookError/Code/invalidConfiguration``.
    public init(_ text: String) throws(WebhookError) {
        rawValue = text
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text.isEmpty || parts.first == "", parts.count <= 64 else { throw Self.malformed(text) }
        var tokens: [String] = []
        for part in text.isEmpty ? [] : parts.dropFirst() {
            var token = ""
            var isEscaped = false
            for character in part.unicodeScalars {
                switch (isEscaped, character) {
                case (true, "0"): token.unicodeScalars.append("~")
                case (true, "1"): token.unicodeScalars.append("/")
                case (true, _): throw Self.malformed(text)
                case (false, "~"): break
                case (false, _): token.unicodeScalars.append(character)
                }
                isEscaped = !isEscaped && character == "~"
            }
            guard !isEscaped else { throw Self.malformed(text) }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// Returns the value at the place.
    ///
    /// - Parameter document: The document.
    /// - Returns: The value; `nil` if there is none.
    public func value(in document: JSONValue) -> JSONValue? {
        var value = document
        for token in tokens {
            switch value {
            case .object(let members):
                guard let member = members[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(token), String(index) == token, elements.indices.contains(index) else {
                    return nil
                }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    private static func malformed(_ text: String) -> WebhookError {
        WebhookError(
            .invalidConfiguration,
            "\(text) isn't a JSON pointer",
            remedy: "Write a slash before each name, such as /data/id."
        )
    }
}
