import Synchronization

/// An account with providers: its keys, and the limits that were set for it.
final class Account: Sendable {
    private struct State {
        var keys: AccountKeys
        var limits: [ProviderID: FetchLimits] = [:]
    }

    /// `nil` for the client's own.
    let id: AccountID?

    private let state: Mutex<State>

    init(_ id: AccountID?, _ credentials: Credentials) {
        self.id = id
        state = Mutex(State(keys: AccountKeys(id, credentials)))
    }

    /// The keys.
    var keys: AccountKeys { state.withLock(\.keys) }

    /// Replaces the credentials, for the requests that begin from now on.
    func setCredentials(_ credentials: Credentials) {
        state.withLock { $0.keys = $0.keys.replacing(credentials) }
    }

    /// Returns the limits that were set for a provider. `nil` if those of the client apply.
    func limits(of provider: ProviderID) -> FetchLimits? { state.withLock { $0.limits[provider] } }

    /// Sets the limits for a provider.
    func setLimits(_ limits: FetchLimits, of provider: ProviderID) {
        state.withLock { $0.limits[provider] = limits }
    }
}
