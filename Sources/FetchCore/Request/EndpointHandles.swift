import Synchronization

/// The accounts of a client, and the handles of their endpoints.
///
/// Its lock isn't the scheduler's, since it compares endpoints, which are an application's own.
final class EndpointHandles: Sendable {
    private struct State {
        var accounts = AccountTable()
        var cache = EndpointHandleCache()
    }

    private let state = Mutex(State())

    /// The client's own account.
    let ownAccount: Account

    init(_ credentials: Credentials) { ownAccount = Account(nil, credentials) }

    /// The number of handles.
    var count: Int { state.withLock(\.cache.count) }

    /// Returns the handle of an endpoint for an account, the same for equal identities.
    ///
    /// - Parameters:
    ///   - identity: The identity of the endpoint.
    ///   - type: The type of the endpoint.
    ///   - account: The account.
    ///   - make: Makes a handle if there is none. It receives the form of the endpoint's requests if another account
    ///     has a handle.
    /// - Returns: The handle.
    func handle(
        for identity: EndpointIdentity,
        of type: ObjectIdentifier,
        _ account: Account,
        orMake make: (RequestForm?) -> EndpointHandle
    ) -> EndpointHandle {
        let (known, form) = state.withLock { state in
            let known = state.cache.handle(for: identity, of: type, account)
            return (known, known == nil ? state.cache.form(for: identity) : nil)
        }
        if let known { return known }
        let handle = make(form)
        let (first, unused) = state.withLock { state in
            if let first = state.cache.handle(for: identity, of: type, account) { return (first, []) }
            return (handle, state.cache.insert(handle, for: identity, of: type))
        }
        // Released here, without the lock: an endpoint is the application's own.
        _ = consume unused
        return first
    }

    /// Returns the handles of an account's endpoints of a name, which are several if endpoints of one name differ.
    func handles(of name: EndpointName, _ account: Account) -> [EndpointHandle] {
        state.withLock { $0.cache.handles(of: name, account) }
    }

    /// Returns the account of an identifier.
    ///
    /// - Parameters:
    ///   - id: The identifier.
    ///   - credentials: The account's credentials, which replace those that it has. With `nil` it keeps them; a new
    ///     account has the keys that the client's credentials have for it.
    /// - Returns: The account.
    func account(_ id: AccountID, _ credentials: Credentials?) -> Account {
        let (account, unused) = state.withLock { state in
            state.accounts.account(id) { Account(id, credentials ?? ownAccount.keys.credentials.ofAccount(id)) }
        }
        _ = consume unused
        if let credentials { account.setCredentials(credentials) }
        return account
    }

    /// Drops the handles and accounts that nothing else refers to, except those of the client's own account.
    func removeUnused() {
        let handles = state.withLock { $0.cache.removeUnused(exceptOf: ownAccount) }
        // Released without the lock, which ends the leases of their queues and the last use of some accounts.
        _ = consume handles
        let accounts = state.withLock { $0.accounts.removeUnused() }
        _ = consume accounts
    }
}
