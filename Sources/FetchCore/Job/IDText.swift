/// The validation of an id's string, which applies to ids of all types before they become part of a request.
enum IDText {
    /// The maximum length in bytes. It allows URLs as ids, and is below the limit of any server's request line.
    private static let maximumLength = 2_048

    /// Throws ``FetchError`` with the code ``FetchError/Code/invalidID`` if the string can't be sent as an id.
    static func validate(_ text: String, endpoint: EndpointName? = nil) throws(FetchError) {
        if let problem = problem(in: text) {
            throw .invalidID(text, because: problem, endpoint: endpoint)
        }
    }

    private static func problem(in text: String) -> String? {
        if text.isEmpty { return "it is empty" }
        if text == "." || text == ".." { return "a dot segment would change the path" }
        if text.utf8.count > maximumLength { return "it has \(text.utf8.count) bytes, the maximum is \(maximumLength)" }
        if text.utf8.contains(where: mayBeControl), text.unicodeScalars.contains(where: isControl) {
            return "it contains a control character"
        }
        return nil
    }

    /// Returns true for bytes of control characters and of all characters outside ASCII.
    ///
    /// This check is fast. Looking up the properties of each character is slow, and almost no id needs it.
    private static func mayBeControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte >= 0x7F }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}
