import FetchCore

/// Numbers in header fields: digits of ASCII without a sign.
enum DecimalNumber {
    /// Returns the number, or `nil` for anything else than one to 19 digits, and beyond 63 bits.
    static func value(_ text: some StringProtocol) -> Int64? {
        guard (1...19).contains(text.utf8.count), text.utf8.allSatisfy(ASCII.isDigit) else { return nil }
        return Int64(text)
    }
}
