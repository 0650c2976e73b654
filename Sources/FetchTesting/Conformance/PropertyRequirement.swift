#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// A property that `FetchEndpoint` requires, and the declarations that are easily mistaken for it.
struct PropertyRequirement<Endpoint: FetchEndpoint> {
    let name: String

    /// The type that the protocol requires.
    let type: Any.Type

    /// The types that a property with a misspelt name may have: the required one, and those that Swift infers from a
    /// literal.
    private let misspeltTypes: [Any.Type]

    /// Names that other libraries use, in lowercase.
    private let aliases: Set<String>

    /// True if the endpoint has the value that the protocol provides. `nil` if the protocol provides none.
    private let hasDefault: ((Endpoint) -> Bool)?

    private let description: (Endpoint) -> String

    private init<Value>(
        _ name: String,
        _ value: KeyPath<Endpoint, Value>,
        literals: [Any.Type],
        aliases: Set<String> = [],
        default hasDefault: ((Value) -> Bool)? = nil
    ) {
        self.name = name
        type = Value.self
        misspeltTypes = [Value.self] + literals
        self.aliases = aliases
        self.hasDefault = hasDefault.map { hasDefault in { hasDefault($0[keyPath: value]) } }
        description = { String(describing: $0[keyPath: value]) }
    }

    /// All properties that the protocol requires.
    static var all: [Self] { identifying + request + timing + results }

    private static var identifying: [Self] {
        [
            Self("name", \.name, literals: []),
            Self("provider", \.provider, literals: []),
            Self("identity", \.identity, literals: []),
        ]
    }

    private static var request: [Self] {
        [
            Self("baseURL", \.baseURL, literals: [String.self]),
            Self("domains", \.domains, literals: [], aliases: ["hosts", "alloweddomains", "allowedhosts"]) {
                $0.isEmpty
            },
            Self("method", \.method, literals: [String.self], aliases: ["httpmethod", "requestmethod", "verb"]),
            Self("path", \.path, literals: [String.self], aliases: ["pathtemplate", "urlpath"]),
            Self("idForm", \.idForm, literals: [String.self], aliases: ["idformat", "idpattern", "idtemplate"]) {
                $0 == .whole
            },
            Self("authorization", \.authorization, literals: [String.self], aliases: ["auth", "authentication"]),
            Self(
                "headers",
                \.headers,
                literals: [[String: String].self],
                aliases: ["headerfields", "httpheaders", "requestheaders", "additionalheaders", "extraheaders"]
            ) { $0 == [:] },
        ]
    }

    private static var timing: [Self] {
        let numbers: [Any.Type] = [Duration.self, Double.self, Int.self]
        return [
            Self(
                "minimumGap",
                \.minimumGap,
                literals: numbers,
                aliases: ["mingap", "minimuminterval", "mininterval", "pollinterval", "pollinginterval"]
            ) { $0 == .zero },
            Self(
                "maximumGap",
                \.maximumGap,
                literals: numbers,
                aliases: ["maxgap", "maximuminterval", "maxinterval"]
            ) { $0 == nil },
            Self("requestTimeout", \.requestTimeout, literals: numbers, aliases: ["timeout", "timeoutinterval"]) {
                $0 == nil
            },
            Self("deadline", \.deadline, literals: numbers, aliases: ["maximumwait", "maxwait", "timelimit"]) {
                $0 == nil
            },
        ]
    }

    private static var results: [Self] {
        [
            Self("submission", \.submission, literals: [String.self], aliases: ["submissionform"]) { $0 == .none },
            Self(
                "artifactLifetime",
                \.artifactLifetime,
                literals: [Duration.self, Double.self, Int.self],
                aliases: ["linklifetime", "outputlifetime", "expiry"]
            ) { $0 == nil },
        ]
    }
}

extension PropertyRequirement {
    /// Returns true if a stored property has the required name, but another type. The protocol's default is used then.
    func isMistyped(_ property: StoredProperty) -> Bool { property.name == name && property.type != type }

    /// Returns the distance of a stored property's name from the required one, or `nil` if it isn't a misspelling.
    ///
    /// - Parameters:
    ///   - property: A property with another name.
    ///   - endpoint: The endpoint. A property whose value occurs in what the endpoint declares isn't a misspelling.
    /// - Returns: Zero for a name that other libraries use, and otherwise the edit distance, if it is small enough.
    func distance(from property: StoredProperty, of endpoint: Endpoint) -> Int? {
        guard misspeltTypes.contains(where: { $0 == property.type }), hasDefault?(endpoint) ?? true else { return nil }
        let distance = aliases.contains(property.normalizedName) ? 0 : spellingDistance(from: property)
        guard distance <= maximumDistance else { return nil }
        return description(endpoint).contains(String(describing: property.value)) ? nil : distance
    }

    private func spellingDistance(from property: StoredProperty) -> Int {
        EditDistance.between(property.normalizedName, name.lowercased())
    }

    private var maximumDistance: Int { name.count < 6 ? 1 : 2 }

    /// The type as it is written in Swift.
    var typeName: String { Self.written(type) }

    /// Returns a type as it is written in Swift.
    static func written(_ type: Any.Type) -> String {
        let name = String(describing: type)
        for (prefix, opening, closing) in [("Optional<", "", "?"), ("Array<", "[", "]")] where name.hasPrefix(prefix) {
            return opening + name.dropFirst(prefix.count).dropLast() + closing
        }
        return name
    }
}
