#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore
import KeyDetection

extension ConformanceRun {
    /// Returns the violations that prevent registration.
    func registrationViolations() -> [ConformanceViolation] {
        var registry = EndpointRegistry()
        do throws(FetchError) {
            try registry.register(endpoint)
        } catch {
            return [ConformanceViolation(.registration, "The endpoint can't be registered. \(error)")]
        }
        guard registry.names == [endpoint.name] else {
            let names = registry.names.map(\.rawValue).joined(separator: ", ")
            return [
                ConformanceViolation(
                    .registration,
                    "Registering the endpoint registers “\(names)” instead of \(endpoint.name). "
                        + "Remove its endpoints property: an endpoint is a plugin that contains only itself."
                )
            ]
        }
        do throws(FetchError) {
            try registry.register(endpoint)
        } catch {
            return []
        }
        return [ConformanceViolation(.registration, "The endpoint could be registered twice, under \(registry.names).")]
    }

    func declarationViolations() -> [ConformanceViolation] {
        [conflictViolation, providerViolation].compactMap(\.self) + stabilityViolations + embeddedKeyViolations
    }

    private var conflictViolation: ConformanceViolation? {
        var registry = others
        do throws(FetchError) {
            try registry.register(endpoint)
            return nil
        } catch {
            return ConformanceViolation(
                .noConflicts,
                "The endpoint can't be registered together with the other endpoints. \(error)"
            )
        }
    }

    private var providerViolation: ConformanceViolation? {
        let name = endpoint.name.rawValue
        let prefix = name.lastIndex(of: ".").map { name[..<$0] } ?? ""
        guard prefix != endpoint.provider.rawValue else { return nil }
        return ConformanceViolation(
            .providerInName,
            "The name \(name) implies the provider “\(prefix)”, but the provider is "
                + "\(endpoint.provider). Name it \(endpoint.provider).\(name.split(separator: ".").last ?? "…"), "
                + "or correct the provider."
        )
    }

    private var stabilityViolations: [ConformanceViolation] {
        func violation<Value: Equatable>(_ property: String, _ value: (Endpoint) -> Value) -> ConformanceViolation? {
            let first = value(endpoint)
            guard (0..<3).contains(where: { _ in value(endpoint) != first }) else { return nil }
            return ConformanceViolation(
                .stability,
                "Its \(property) differs between two accesses. Declare it with let."
            )
        }
        return [
            violation("name", \.name),
            violation("provider", \.provider),
            violation("base URL", \.baseURL),
            violation("method", \.method),
            violation("path", \.path),
            violation("authorization", \.authorization),
            violation("set of header fields", \.headers),
            violation("submission form", \.submission),
        ].compactMap(\.self)
    }

    /// The keys that the endpoint seems to contain, as recognised by the name or the form of a value.
    private var embeddedKeyViolations: [ConformanceViolation] {
        let remedy = "Declare the key's place in authorization; the client takes the key from its credentials."
        var found: [String] = []
        let query = endpoint.path.rawValue.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        for item in query.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[1].contains("{"), KeyHeuristic.check(parts[0], parts[1]) else { continue }
            found.append("the query of its path has a value for \(parts[0])")
        }
        for field in endpoint.headers.fields where KeyHeuristic.check(field.name, field.value) {
            found.append("its fixed header fields have a value for \(field.name)")
        }
        if let id = ids.first, case .json(let members) = try? endpoint.body(for: id) {
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                guard let text = value.string, text != id.description, KeyHeuristic.check(name, text) else { continue }
                found.append("its body has a value for \(name)")
            }
        }
        if case .header(let name, let prefix) = endpoint.authorization, KeyHeuristic.check("", prefix) {
            found.append("the prefix of the key in \(name)")
        }
        let segments = (endpoint.baseURL.path(percentEncoded: true) + "/" + endpoint.path.rawValue)
            .split(whereSeparator: { "/?&=".contains($0) })
        if segments.contains(where: { KeyHeuristic.check("", String($0)) }) {
            found.append("its URL has a part that looks like a key")
        }
        return found.map {
            ConformanceViolation(.containsNoKey, "The endpoint seems to contain a key: \($0). \(remedy)")
        }
    }
}
