public import FetchCore

/// An account with a provider: the scope of a key, of limits and of a pause.
public struct ProviderAccount: Sendable, Hashable {
    /// The provider.
    public var provider: ProviderID

    /// The account. `nil` for the client's own.
    public var account: AccountID?

    /// Creates the scope of an account with a provider.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - account: The account. Defaults to the client's own.
    public init(_ provider: ProviderID, _ account: AccountID? = nil) {
        self.provider = provider
        self.account = account
    }
}

extension ProviderAccount: CustomStringConvertible {
    /// The provider, and the account unless it is the client's own.
    public var description: String { account.map { "\(provider) of account \($0)" } ?? "\(provider)" }
}

extension ProviderAccount: Codable {
    private enum CodingKeys: String, CodingKey {
        case provider, account
    }

    /// Decodes an object such as `{"provider": "example", "account": "t-7"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = try container.decode(String.self, forKey: .provider)
        guard let provider = ProviderID(rawValue: text) else {
            throw DecodingError.dataCorruptedError(
                forKey: .provider,
                in: container,
                debugDescription: "malformed identifier of a provider"
            )
        }
        self.init(provider, try container.decodeIfPresent(AccountID.self, forKey: .account))
    }

    /// Encodes the provider and the account, which is left out for the client's own.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(provider.rawValue, forKey: .provider)
        try container.encodeIfPresent(account, forKey: .account)
    }
}
