import Synchronization

/// The keys that responses are searched for: those that were passed, those of the providers that are registered or
/// used, and those that were sent.
///
/// A key of another provider is redacted as well, because a proxy for several providers may echo any of them. Keys in
/// memory of providers that aren't used are not: a variable of another program, such as `PUBLIC_API_KEY=public`, would
/// change results.
final class KnownKeys: Sendable {
    /// The number of a provider's latest keys that are kept: the current one, and those that it has replaced.
    private static let maximumKeys = 4

    private struct State {
        var registered: Set<ProviderID> = []
        var used: Set<ProviderID> = []
        var sent: [ProviderID: [APIKey]] = [:]
        var latest: APIKey?
        /// `nil` if it has to be computed again.
        var redaction: KeyRedaction?
    }

    private let credentials: Credentials
    private let state = Mutex(State())

    init(of credentials: Credentials) { self.credentials = credentials }

    /// Returns the known keys with other credentials. What was sent before is still redacted.
    func replacing(_ credentials: Credentials) -> KnownKeys {
        let before = state.withLock { $0 }
        let keys = KnownKeys(of: credentials)
        keys.state.withLock { $0 = State(registered: before.registered, used: before.used, sent: before.sent) }
        return keys
    }

    /// Notes which providers are registered, in addition to those that were registered before: copies of a client may
    /// have different registries.
    func register(_ providers: Set<ProviderID>) {
        state.withLock { state in
            guard !providers.isSubset(of: state.registered) else { return }
            state.registered.formUnion(providers)
            (state.latest, state.redaction) = (nil, nil)
        }
    }

    /// Returns the redaction for a response that another client has received.
    ///
    /// - Parameter provider: The provider that has responded. `nil` if it isn't known.
    /// - Returns: The redaction of all known keys, and of the provider's key if that is in memory.
    func redaction(reading provider: ProviderID?) -> KeyRedaction {
        state.withLock { state in
            if let provider, state.used.insert(provider).inserted { state.redaction = nil }
            return redaction(&state)
        }
    }

    /// Returns the redaction for the response to a request.
    ///
    /// - Parameters:
    ///   - key: The key of the request. `nil` if it has none.
    ///   - provider: The provider of the endpoint.
    /// - Returns: The redaction of all known keys.
    func redaction(sending key: APIKey?, to provider: ProviderID) -> KeyRedaction {
        state.withLock { state in
            if let redaction = state.redaction, key == nil || key == state.latest { return redaction }
            if let key { Self.note(key, of: provider, in: &state) }
            return redaction(&state)
        }
    }

    private func redaction(_ state: inout State) -> KeyRedaction {
        if let redaction = state.redaction { return redaction }
        let keys = credentials.knownKeys(of: state.registered.union(state.used)) + state.sent.values.joined()
        let redaction = KeyRedaction(keys)
        state.redaction = redaction
        return redaction
    }

    private static func note(_ key: APIKey, of provider: ProviderID, in state: inout State) {
        state.latest = key
        if state.used.insert(provider).inserted { state.redaction = nil }
        if state.sent[provider]?.contains(key) == true { return }
        state.sent[provider, default: []].append(key)
        if let count = state.sent[provider]?.count, count > maximumKeys { state.sent[provider]?.removeFirst() }
        state.redaction = nil
    }
}
