/// A part of ``Credentials``: keys from one place.
struct KeySource: Sendable {
    /// The ways to look a key up.
    enum Lookup: Sendable {
        /// The key is in memory and never changes.
        case known(@Sendable (ProviderID) -> CheckedKey?)
        /// A function of the application returns the key. It receives a key that the provider has refused.
        case dynamic(@Sendable (AccountID?, ProviderID, _ refused: APIKey?) async throws -> APIKey?)
    }

    let lookup: Lookup

    /// Returns the action that resolves a missing or malformed key.
    let remedy: @Sendable (ProviderID) -> String

    /// Returns a key that can be used.
    ///
    /// - Parameters:
    ///   - checked: The result of a look-up.
    ///   - provider: The provider of the endpoint.
    ///   - purpose: The use of the key.
    /// - Returns: The key.
    /// - Throws: ``FetchError`` if there is no key, or if it can't be used.
    func valid(
        _ checked: CheckedKey?,
        of provider: ProviderID,
        for purpose: KeyPurpose
    ) throws(FetchError) -> APIKey {
        guard let checked else {
            throw FetchError(.missingKey, "there is no key for the provider \(provider)", remedy: remedy(provider))
        }
        if let problem = checked.problem(for: purpose) {
            throw FetchError(
                .malformedKey,
                "the key for the provider \(provider) \(problem)",
                remedy: remedy(provider)
            )
        }
        return checked.key
    }
}
