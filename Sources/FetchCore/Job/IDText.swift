/// What every id has to be, whatever its type, before it is put into a request.
enum IDText {
    /// Long enough for a URL as an id, and short enough for every server's request line.
    private static let longest = 2_048

    static func validate(_ text: String, endpoint: EndpointName? = nil) throws(FetchError) {
        if let flaw = flaw(in: text) {
            throw .invalidID(text, because: flaw, endpoint: endpoint)
        }
    }

    private static func flaw(in text: String) -> String? {
        if text.isEmpty { return "it is empty" }
        if text == "." || text == ".." { return "a path of dots leads elsewhere" }
        if text.utf8.count > longest { return "it has \(text.utf8.count) bytes, and at most \(longest) are sent" }
        if text.utf8.contains(where: mayBeControl), text.unicodeScalars.contains(where: isControl) {
            return "it holds a control character"
        }
        return nil
    }

    /// Almost no id holds such a byte, and looking up the properties of every character takes long.
    private static func mayBeControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte >= 0x7F }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}
