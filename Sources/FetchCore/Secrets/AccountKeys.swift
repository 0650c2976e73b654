#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys of an account: where they come from, and those that its responses are searched for.
///
/// A reference, since each request passes it on.
final class AccountKeys: Sendable {
    /// The account. `nil` for the client's own.
    let account: AccountID?
    let credentials: Credentials
    let knownKeys: KnownKeys

    init(_ account: AccountID?, _ credentials: Credentials) {
        self.account = account
        self.credentials = credentials
        knownKeys = KnownKeys(of: credentials)
    }

    private init(_ account: AccountID?, _ credentials: Credentials, _ knownKeys: KnownKeys) {
        self.account = account
        self.credentials = credentials
        self.knownKeys = knownKeys
    }

    /// Returns a response to a request of the application's own without the keys of the known providers and of this
    /// one.
    func redact(_ response: FetchResponse, of provider: ProviderID?) -> FetchResponse {
        let redaction = knownKeys.redaction(reading: provider)
        var result = redaction.apply(to: response)
        result.url = response.url.flatMap { URL(string: redaction.apply(to: $0.absoluteString)) }
        return result
    }

    /// Returns the keys with other credentials. The keys that were sent before are still redacted.
    func replacing(_ credentials: Credentials) -> AccountKeys {
        AccountKeys(account, credentials, knownKeys.replacing(credentials))
    }
}
