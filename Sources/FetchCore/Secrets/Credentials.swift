/// The source of the keys, one per provider.
///
/// The client looks the key up before every request, so a key can be rotated while jobs are pending. It sends a key
/// only to the origin and domains of endpoints of the same provider.
///
/// If there is no key for a provider, a request that needs one fails with ``FetchError/Code/missingKey``, and if the
/// key can't be sent, with ``FetchError/Code/malformedKey``. Nothing is sent in both cases, and neither error is
/// retryable.
///
/// Credentials can be combined: ``overriding(_:with:)`` replaces the source of one provider's key.
///
/// ```swift
/// let credentials = Credentials.environment.overriding("example") { refused in
///     APIKey(try await tokens.token(unless: refused?.secret))
/// }
/// ```
///
/// Several clients may use the same credentials. They share the refreshes of refused keys then.
public struct Credentials: Sendable {
    private let base: KeySource
    private var overrides: [ProviderID: KeySource] = [:]
    /// The keys that the application itself passed, whether or not their providers are used.
    private let givenKeys: [APIKey]
    private let refreshes = KeyRefreshes()

    init(_ base: KeySource, givenKeys: [APIKey] = []) {
        self.base = base
        self.givenKeys = givenKeys
    }

    /// Returns credentials with fixed keys.
    ///
    /// - Parameter keys: The key of each provider.
    /// - Returns: Credentials whose keys never change.
    public static func fixed(_ keys: [ProviderID: APIKey]) -> Self {
        let checkedKeys = keys.mapValues(CheckedKey.init)
        let source = KeySource(
            lookup: .known { checkedKeys[$0] },
            remedy: { "Add a key for the provider \($0) to the fixed credentials." }
        )
        return Self(source, givenKeys: Array(keys.values))
    }

    /// Returns credentials with keys from a function, such as a key store, a tenant's own key, or tokens that expire.
    ///
    /// The function is called before every request, and may be called from many tasks at once. If the provider refuses
    /// its key with a 401, it is called once more with that key, and if it returns another one, the request is sent
    /// again at once. Requests that were refused with one key share that call. If it returns the same key or `nil`, the
    /// refusal is final.
    ///
    /// The function may suspend and may take any time: it runs on threads of its own, and only the request that needs
    /// the key waits. If it doesn't return within the timeout of the request, its task is cancelled, and the request
    /// fails with ``FetchError/Code/credentialsUnavailable``, whether or not the function returns then.
    ///
    /// A ``FetchError`` that the function throws is handled like the error of a request: polling continues if it is
    /// retryable. Any other error is reported as ``FetchError/Code/credentialsUnavailable``, which is retryable and
    /// contains the type of the error only, since its description may contain a secret.
    ///
    /// - Parameter source: Returns the key for a provider, or `nil` if there is none. It receives the key that the
    ///   provider has refused, or `nil` before a request. A function that caches keys must not return that key from its
    ///   cache.
    /// - Returns: Credentials that call the function.
    public static func dynamic(
        _ source: @escaping @Sendable (_ provider: ProviderID, _ refused: APIKey?) async throws -> APIKey?
    ) -> Self {
        Self(function(knowsAccounts: false) { _, provider, refused in try await source(provider, refused) })
    }

    /// Returns credentials with the keys of many accounts, from a function such as a look-up in a table of tenants.
    ///
    /// ```swift
    /// let credentials = Credentials.accounts { account, provider in
    ///     try await table.key(of: account?.rawValue, for: provider.rawValue).map { APIKey($0) }
    /// }
    /// ```
    ///
    /// - Parameter source: Returns the key of an account for a provider, or `nil` if there is none. The account is that
    ///   of ``FetchClient/account(_:credentials:)`` or ``QueuedJob/account``, and `nil` for the client's own requests.
    ///   It is called like the function of `dynamic(_:)`, and each account's key is refreshed by itself.
    /// - Returns: Credentials that call the function.
    public static func accounts(
        _ source:
            @escaping @Sendable (_ account: AccountID?, _ provider: ProviderID, _ refused: APIKey?) async throws
            -> APIKey?
    ) -> Self {
        Self(function(knowsAccounts: true, source))
    }

    /// Returns credentials with the keys of many accounts, from a function that doesn't cache keys, and so doesn't have
    /// to know whether the provider has refused one.
    ///
    /// - Parameter source: Returns the key of an account for a provider, or `nil` if there is none. It is called like
    ///   the function that receives the refused key as well.
    /// - Returns: Credentials that call the function.
    public static func accounts(
        _ source: @escaping @Sendable (_ account: AccountID?, _ provider: ProviderID) async throws -> APIKey?
    ) -> Self {
        accounts { account, provider, _ in try await source(account, provider) }
    }

    private static func function(
        knowsAccounts: Bool,
        _ source: @escaping @Sendable (AccountID?, ProviderID, _ refused: APIKey?) async throws -> APIKey?
    ) -> KeySource {
        KeySource(lookup: .dynamic(source), knowsAccounts: knowsAccounts) { provider in
            "Return a key for the provider \(provider) from the credentials function."
        }
    }

    /// Returns credentials with keys from a function that doesn't cache keys, and so doesn't have to know whether the
    /// provider has refused one.
    ///
    /// - Parameter source: Returns the key for a provider, or `nil` if there is none. It is called like
    ///   the function that receives the refused key as well.
    /// - Returns: Credentials that call the function.
    public static func dynamic(_ source: @escaping @Sendable (ProviderID) async throws -> APIKey?) -> Self {
        dynamic { provider, _ in try await source(provider) }
    }

    /// Returns these credentials with another source for the key of one provider.
    ///
    /// The keys of all other providers are looked up, redacted and explained in errors as before.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - source: Returns the provider's key, or `nil` if there is none. It receives the key that the provider has
    ///     refused, or `nil` before a request, and is called like the function of
    ///     `dynamic(_:)`.
    /// - Returns: The combined credentials.
    public func overriding(
        _ provider: ProviderID,
        with source: @escaping @Sendable (_ refused: APIKey?) async throws -> APIKey?
    ) -> Self {
        var combined = Self(base, givenKeys: givenKeys)
        combined.overrides = overrides
        combined.overrides[provider] = KeySource(
            lookup: .dynamic { _, _, refused in try await source(refused) },
            remedy: { "Return a key from the function that overrides the credentials of the provider \($0)." }
        )
        return combined
    }

    /// Returns the credentials of an account for which none were given. It has no keys but those that are looked up for
    /// it.
    func ofAccount(_ account: AccountID) -> Self {
        if base.knowsAccounts, overrides.isEmpty { return self }
        var credentials = Self(base.ofAccount(account), givenKeys: givenKeys)
        credentials.overrides = overrides.mapValues { $0.ofAccount(account) }
        return credentials
    }

    /// Credentials without keys, for endpoints whose authorization is ``Authorization/none``.
    public static var none: Self { fixed([:]) }
}

// The look-up.
extension Credentials {
    private func source(of provider: ProviderID) -> KeySource {
        if overrides.isEmpty { return base }
        return overrides[provider] ?? base
    }

    /// Returns the keys that are known without a call of the application's functions.
    ///
    /// - Parameter providers: The providers that are used.
    /// - Returns: The keys of these providers, and those that the application itself passed.
    func knownKeys(of providers: Set<ProviderID>) -> [APIKey] {
        givenKeys
            + providers.compactMap { provider in
                guard case .known(let find) = source(of: provider).lookup else { return nil }
                return find(provider)?.key
            }
    }

    /// Returns the key for a provider if it is in memory.
    ///
    /// - Returns: A key that can be used. `nil` if the application's function has to be called.
    /// - Throws: ``FetchError`` if there is no key, or if it can't be used.
    func knownKey(for provider: ProviderID, as purpose: KeyPurpose) throws(FetchError) -> UsedKey? {
        let source = source(of: provider)
        guard case .known(let find) = source.lookup else { return nil }
        return UsedKey(key: try source.valid(find(provider), of: provider, for: purpose), refreshes: nil)
    }

    /// Returns the key of an account for a provider.
    ///
    /// - Returns: A key that can be used.
    /// - Throws: ``FetchError`` if there is no key, if it can't be used, or if the application's function failed;
    ///   `CancellationError` if the task was cancelled.
    func key(of account: AccountID?, for provider: ProviderID, as purpose: KeyPurpose) async throws -> UsedKey {
        if let known = try knownKey(for: provider, as: purpose) { return known }
        // Counted before the look-up: a refresh that ends during it may or may not have determined its result.
        let refreshes = refreshes.count
        let key = try await loadedKey(of: account, for: provider, replacing: nil)
        let source = source(of: provider)
        let valid = try source.valid(key.map(CheckedKey.init), of: provider, account, for: purpose)
        return UsedKey(key: valid, refreshes: refreshes)
    }

    /// Returns the key that replaces a refused one.
    ///
    /// - Parameters:
    ///   - refused: The refused key.
    ///   - account: The account of the key.
    ///   - provider: The provider that has refused it.
    ///   - purpose: The use of the key.
    ///   - executor: The executor of the application's function.
    ///   - unreturned: Counts the function while it hasn't returned after its task was cancelled.
    /// - Returns: Another key that can be used. `nil` if there is none, which makes the refusal final.
    /// - Throws: ``FetchError`` if the key can't be used, or if the application's function failed; `CancellationError`
    ///   if the task was cancelled.
    func key(
        replacing refused: UsedKey,
        of account: AccountID?,
        for provider: ProviderID,
        as purpose: KeyPurpose,
        on executor: any TaskExecutor,
        unreturned: UnreturnedCalls
    ) async throws -> UsedKey? {
        guard refused.refreshes != nil else { return nil }
        let id = KeyRefreshes.ID(account: account, provider: provider, refused: refused.key)
        let key = try await refreshes.key(id, since: refused.refreshes, on: executor, unreturned: unreturned) {
            try await loadedKey(of: account, for: provider, replacing: refused.key)
        }
        guard let key, key != refused.key else { return nil }
        let valid = try source(of: provider).valid(CheckedKey(key), of: provider, for: purpose)
        return UsedKey(key: valid, refreshes: refreshes.count)
    }

    private func loadedKey(
        of account: AccountID?,
        for provider: ProviderID,
        replacing refused: APIKey?
    ) async throws -> APIKey? {
        guard case .dynamic(let load) = source(of: provider).lookup else { return nil }
        do {
            return try await load(account, provider, refused)
        } catch let error as FetchError {
            throw error
        } catch {
            // A function may throw `CancellationError` although the task isn't cancelled. That counts as a failure.
            try Task.checkCancellation()
            // The description of the error may contain a secret.
            throw FetchError(
                .credentialsUnavailable,
                "the credentials for the provider \(provider) failed with \(type(of: error))"
            )
        }
    }
}

extension Credentials: CustomStringConvertible, CustomReflectable {
    /// The string `Credentials`, without any key.
    public var description: String { "Credentials" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
