extension JSONValue {
    /// Returns true if the bytes are one JSON value by the grammar of RFC 8259, within the default ``JSONLimits``.
    package static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        Array(bytes).withUnsafeBytes { bytes in (try? JSONParser.check(bytes))?.isEmpty == true }
    }
}
