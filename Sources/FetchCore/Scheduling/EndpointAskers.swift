/// The askers of the endpoints that are known by an identity.
///
/// Endpoints can be made as they are needed, such as one for each customer. So whenever there are twice as many as before, unused
/// ones are forgotten: all that is learned of an endpoint is kept elsewhere, under its name.
struct EndpointAskers {
    /// The facts about a type of endpoint.
    struct TypeRecord {
        /// True if its endpoints hold nothing but what they declare.
        let isWhole: Bool
        /// The one that was used last. Most types have but one, which is found without hashing its declaration.
        fileprivate(set) var latest: (declaration: EndpointDeclaration, asker: EndpointAsker)?
    }

    private var askers: [EndpointIdentity: EndpointAsker] = [:]
    private var namesakes: [EndpointName: [EndpointAsker]] = [:]
    private var types: [ObjectIdentifier: TypeRecord] = [:]
    private var limit = 256

    /// The number of known askers.
    var count: Int { askers.count }

    /// The facts about a type; `nil` if none of its endpoints has been used.
    subscript(type: ObjectIdentifier) -> TypeRecord? { types[type] }

    /// Notes the facts about a type.
    mutating func note(_ type: ObjectIdentifier, _ record: TypeRecord) {
        if types[type] == nil { types[type] = record }
    }

    /// Returns what asks an endpoint, if it is known.
    mutating func asker(for identity: EndpointIdentity) -> EndpointAsker? {
        guard let asker = askers[identity] else { return nil }
        noteUse(of: asker, for: identity)
        return asker
    }

    /// The askers of the endpoints of this name: one, unless some of them differ in other declarations.
    subscript(name: EndpointName) -> [EndpointAsker] { namesakes[name] ?? [] }

    /// Adds what asks an endpoint.
    mutating func insert(_ asker: EndpointAsker, for identity: EndpointIdentity) {
        if askers.count >= limit { forgetUnused() }
        askers[identity] = asker
        namesakes[asker.name, default: []].append(asker)
        noteUse(of: asker, for: identity)
    }

    private mutating func noteUse(of asker: EndpointAsker, for identity: EndpointIdentity) {
        if case .declared(let declaration) = identity { types[declaration.type]?.latest = (declaration, asker) }
    }

    private mutating func forgetUnused() {
        for type in types.keys { types[type]?.latest = nil }
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
