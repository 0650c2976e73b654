/// The handles of endpoints, by identity.
///
/// Endpoints may be created as they are needed, such as one for each customer. So whenever there are twice as many as
/// before, unused handles are removed: all that is learned of an endpoint is kept elsewhere, under its name.
struct EndpointHandleCache {
    private var handles: [EndpointIdentity: EndpointHandle] = [:]
    private var handlesByName: [EndpointName: [EndpointHandle]] = [:]
    /// The last handle of each type. Most types have one, which is found without hashing an endpoint.
    private var latest: [ObjectIdentifier: (identity: EndpointIdentity, handle: EndpointHandle)] = [:]
    private var limit = 256

    /// The number of handles.
    var count: Int { handles.count }

    /// The handles of the endpoints of a name, which are several if endpoints of one name differ.
    subscript(name: EndpointName) -> [EndpointHandle] { handlesByName[name] ?? [] }

    /// Returns the handle of an endpoint; `nil` if it has none.
    mutating func handle(for identity: EndpointIdentity, of type: ObjectIdentifier) -> EndpointHandle? {
        if let latest = latest[type], latest.identity == identity { return latest.handle }
        guard let handle = handles[identity] else { return nil }
        latest[type] = (identity, handle)
        return handle
    }

    /// Adds a handle.
    mutating func insert(_ handle: EndpointHandle, for identity: EndpointIdentity, of type: ObjectIdentifier) {
        if handles.count >= limit { removeUnused() }
        handles[identity] = handle
        handlesByName[handle.name, default: []].append(handle)
        latest[type] = (identity, handle)
    }

    private mutating func removeUnused() {
        (latest, handlesByName) = ([:], [:])
        var index = handles.startIndex
        var used: [EndpointIdentity: EndpointHandle] = [:]
        while index < handles.endIndex {
            if !isKnownUniquelyReferenced(&handles.values[index]) {
                let (identity, handle) = handles[index]
                used[identity] = handle
            }
            handles.formIndex(after: &index)
        }
        handles = used
        for handle in handles.values { handlesByName[handle.name, default: []].append(handle) }
        limit = max(2 * handles.count, 256)
    }
}
