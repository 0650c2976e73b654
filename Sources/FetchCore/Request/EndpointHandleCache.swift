/// The handles of endpoints, by account and identity.
///
/// Endpoints may be created as they are needed, such as one for each customer, and so may accounts. So whenever there
/// are twice as many as before, unused handles are removed: all that is learned of an endpoint is kept elsewhere, under
/// its name.
struct EndpointHandleCache {
    /// The key of a handle. A handle refers to its account, so the account lives as long as its handles.
    private struct Key: Hashable {
        let account: ObjectIdentifier
        let identity: EndpointIdentity

        init(_ account: Account, _ identity: EndpointIdentity) {
            self.account = ObjectIdentifier(account)
            self.identity = identity
        }
    }

    private struct NameKey: Hashable {
        let account: ObjectIdentifier
        let name: EndpointName

        init(_ account: Account, _ name: EndpointName) {
            self.account = ObjectIdentifier(account)
            self.name = name
        }
    }

    // A reference, since copying an identity takes longer than comparing it.
    private final class Latest: Sendable {
        let identity: EndpointIdentity
        let handle: EndpointHandle

        init(_ identity: EndpointIdentity, _ handle: EndpointHandle) {
            self.identity = identity
            self.handle = handle
        }
    }

    private var handles: [Key: EndpointHandle] = [:]
    private var handlesByName: [NameKey: [EndpointHandle]] = [:]
    /// The parts of requests that the accounts of an endpoint share.
    private var forms: [EndpointIdentity: RequestForm] = [:]
    /// The last handle of each type. Most types have one, which is found without hashing an endpoint.
    private var latest: [ObjectIdentifier: Latest] = [:]
    private var limit = 256

    /// The number of handles.
    var count: Int { handles.count }

    /// Returns the handles of an account's endpoints of a name, which are several if endpoints of one name differ.
    func handles(of name: EndpointName, _ account: Account) -> [EndpointHandle] {
        handlesByName[NameKey(account, name)] ?? []
    }

    /// Returns the handle of an endpoint; `nil` if it has none.
    mutating func handle(
        for identity: EndpointIdentity,
        of type: ObjectIdentifier,
        _ account: Account
    ) -> EndpointHandle? {
        if let latest = latest[type], latest.handle.account === account, latest.identity == identity {
            return latest.handle
        }
        guard let handle = handles[Key(account, identity)] else { return nil }
        latest[type] = Latest(identity, handle)
        return handle
    }

    /// Returns the form of an endpoint's requests; `nil` if no account has a handle of the endpoint.
    func form(for identity: EndpointIdentity) -> RequestForm? { forms[identity] }

    /// Adds a handle.
    ///
    /// - Returns: Handles that were removed. They are to be released without a lock, since that may run code of the
    ///   application.
    mutating func insert(
        _ handle: EndpointHandle,
        for identity: EndpointIdentity,
        of type: ObjectIdentifier
    ) -> [EndpointHandle] {
        let unused = handles.count >= limit ? removeUnused() : []
        handles[Key(handle.account, identity)] = handle
        handlesByName[NameKey(handle.account, handle.name), default: []].append(handle)
        if forms[identity] == nil { forms[identity] = handle.form }
        latest[type] = Latest(identity, handle)
        return unused
    }

    /// Removes the handles that nothing else refers to.
    ///
    /// - Parameter kept: The account whose handles stay. Defaults to none.
    /// - Returns: The removed handles, to be released without a lock.
    mutating func removeUnused(exceptOf kept: Account? = nil) -> [EndpointHandle] {
        (latest, handlesByName) = ([:], [:])
        var index = handles.startIndex
        var (used, unused): ([Key: EndpointHandle], [EndpointHandle]) = ([:], [])
        while index < handles.endIndex {
            let isUnused = isKnownUniquelyReferenced(&handles.values[index])
            let (key, handle) = handles[index]
            if isUnused, handle.account !== kept { unused.append(handle) } else { used[key] = handle }
            handles.formIndex(after: &index)
        }
        handles = used
        forms = [:]
        for (key, handle) in handles {
            handlesByName[NameKey(handle.account, handle.name), default: []].append(handle)
            if forms[key.identity] == nil { forms[key.identity] = handle.form }
        }
        limit = max(2 * handles.count, 256)
        return unused
    }
}
