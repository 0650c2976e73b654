/// What asks the endpoints that are known by an identity.
///
/// Endpoints can be made as they are needed, such as one for each customer. So whenever there are twice as many as before, those
/// are forgotten that nobody uses: all that is learned of an endpoint is kept elsewhere, under its name.
struct EndpointAskers {
    private var askers: [EndpointIdentity: EndpointAsker] = [:]
    private var namesakes: [EndpointName: [EndpointAsker]] = [:]
    /// The one that was used last for each type. Most types have but one, which is found without hashing its declaration.
    private var latest: [ObjectIdentifier: (declaration: EndpointDeclaration, asker: EndpointAsker)] = [:]
    private var limit = 256

    /// How many are known.
    var count: Int { askers.count }

    /// Returns the asker that was used last for the endpoint's type, if it is the endpoint's own.
    func latest(for declaration: EndpointDeclaration) -> EndpointAsker? {
        guard let latest = latest[declaration.type], latest.declaration == declaration else { return nil }
        return latest.asker
    }

    /// Returns what asks an endpoint, if it is known.
    mutating func asker(for identity: EndpointIdentity) -> EndpointAsker? {
        guard let asker = askers[identity] else { return nil }
        noteUse(of: asker, for: identity)
        return asker
    }

    /// What asks the endpoints of this name: one, unless some of them differ in what else they declare.
    subscript(name: EndpointName) -> [EndpointAsker] { namesakes[name] ?? [] }

    /// Adds what asks an endpoint.
    mutating func insert(_ asker: EndpointAsker, for identity: EndpointIdentity) {
        if askers.count >= limit { forgetUnused() }
        askers[identity] = asker
        namesakes[asker.name, default: []].append(asker)
        noteUse(of: asker, for: identity)
    }

    private mutating func noteUse(of asker: EndpointAsker, for identity: EndpointIdentity) {
        if case .declared(let declaration) = identity { latest[declaration.type] = (declaration, asker) }
    }

    private mutating func forgetUnused() {
        latest = [:]
        namesakes = [:]
        var index = askers.startIndex
        var kept: [EndpointIdentity: EndpointAsker] = [:]
        while index < askers.endIndex {
            if !isKnownUniquelyReferenced(&askers.values[index]) {
                let (identity, asker) = askers[index]
                kept[identity] = asker
            }
            askers.formIndex(after: &index)
        }
        askers = kept
        for asker in askers.values { namesakes[asker.name, default: []].append(asker) }
        limit = max(2 * askers.count, 256)
    }
}
