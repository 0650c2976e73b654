/// The words that precede a key in a header field.
enum AuthenticationScheme {
    private static let names: Set = ["apikey", "api-key", "basic", "bearer", "digest", "hmac", "key", "token"]

    /// Returns true if a prefix ends with a word that has to be followed by a space: any word in `Authorization`, and
    /// the name of a scheme in other fields.
    static func isIncomplete(_ prefix: String, in field: String) -> Bool {
        guard let last = prefix.last, last.isLetter || last.isNumber else { return false }
        return ["authorization", "proxy-authorization"].contains(field.lowercased())
            || names.contains(prefix.lowercased())
    }
}
