/// Tells keys by what they are called and how they begin.
package enum LooksLikeKey {
    private static let names: Set = [
        "key", "apikey", "xapikey", "xkey", "token", "apitoken", "accesstoken", "authtoken", "secret", "apisecret",
        "password", "authorization", "auth", "cookie",
    ]
    private static let beginnings = ["sk-", "sk_", "pk-", "pk_", "r8_", "xai-", "Bearer ", "Basic ", "Key ", "Token "]

    /// Whether a value of that name seems to be a key.
    package static func check(_ name: some StringProtocol, _ value: some StringProtocol) -> Bool {
        guard !value.isEmpty else { return false }
        return names.contains(name.lowercased().filter { $0.isLetter || $0.isNumber })
            || beginnings.contains { value.hasPrefix($0) && value.count > $0.count }
    }
}
