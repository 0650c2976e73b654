/// Text that a server printed before its JSON, such as the warning of a PHP script.
enum TextBeforeJSON {
    /// The largest input that is searched, and the number of places at which JSON is tried.
    private static let maximumLength = 1 << 20, maximumAttempts = 16

    /// Returns the number of bytes of such text; `nil` if the input isn't text with one JSON object or array behind it.
    ///
    /// It is for an error message, after parsing has failed.
    static func length(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count <= maximumLength, let first = bytes.first(where: { !isSpace($0) }) else { return nil }
        // What begins like JSON is broken JSON.
        guard first != UInt8(ascii: "{"), first != UInt8(ascii: "["), first != UInt8(ascii: "\"") else { return nil }
        var attempts = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "[") {
            if (try? JSONParser.check(UnsafeRawBufferPointer(rebasing: bytes[index...]))) != nil { return index }
            attempts += 1
            if attempts == maximumAttempts { return nil }
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
