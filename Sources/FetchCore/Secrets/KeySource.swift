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

    /// True if the keys are those of the account that is asked for, and not the client's own for every account.
    var knowsAccounts = false

    /// Returns the action that resolves a missing or malformed key.
    let remedy: @Sendable (ProviderID) -> String

    /// Returns a key that can be used.
    ///
    /// - Parameters:
    ///   - checked: The result of a look-up.
    ///   - provider: The provider of the endpoint.
    ///   - account: The account. `nil` for the client's own.
    ///   - purpose: The use of the key.
    /// - Returns: The key.
    /// - Throws: ``FetchError`` if there is no key, or if it can't be used.
    func valid(
        _ checked: CheckedKey?,
        of provider: ProviderID,
        _ account: AccountID? = nil,
        for purpose: KeyPurpose
    ) throws(FetchError) -> APIKey {
        guard let checked else {
            let owner = account.map { " and the account \(Excerpt($0.rawValue))" } ?? ""
            throw FetchError(
                .missingKey,
                "there is no key for the provider \(provider)\(owner)",
                remedy: remedy(provider)
            )
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

    /// Returns the source of the keys of another account than the client's own.
    ///
    /// If the keys are the client's own, there are none: a request of a tenant must not be sent with another one's key.
    func ofAccount(_ account: AccountID) -> KeySource {
        if knowsAccounts { return self }
        return KeySource(lookup: .known { _ in nil }) { provider in
            """
            Call account(_:credentials:) with the key of the account \(Excerpt(account.rawValue)) for the provider \
            \(provider), or create the client with Credentials.accounts.
            """
        }
    }
}
