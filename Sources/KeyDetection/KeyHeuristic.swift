/// A heuristic that recognises keys by common names and prefixes.
package enum KeyHeuristic {
    private static let names: Set = [
        "key", "apikey", "xapikey", "xkey", "token", "apitoken", "accesstoken", "authtoken", "secret", "apisecret",
        "password", "authorization", "auth", "cookie",
    ]
    private static let prefixes = ["sk-", "sk_", "pk-", "pk_", "r8_", "xai-", "Bearer ", "Basic ", "Key ", "Token "]

    /// Returns true if a value with that name is likely to be a key.
    ///
    /// - Parameters:
    ///   - name: The name of the header field, query item or member. An empty name limits the check to the value's
    ///     prefix.
    ///   - value: The value. An empty value is never a key.
    /// - Returns: True if the name is that of a key, or the value has the prefix of one.
    package static func check(_ name: some StringProtocol, _ value: some StringProtocol) -> Bool {
        guard !value.isEmpty else { return false }
        return names.contains(name.lowercased().filter { $0.isLetter || $0.isNumber })
            || prefixes.contains { value.hasPrefix($0) && value.count > $0.count }
    }
}
