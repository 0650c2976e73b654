/// The keys of an account: where they come from, and those that its responses are searched for.
struct AccountKeys: Sendable {
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

    /// Returns the keys with other credentials. The keys that were sent before are still redacted.
    func replacing(_ credentials: Credentials) -> Self {
        Self(account, credentials, knownKeys.replacing(credentials))
    }
}
