#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    /// What keeps the endpoint from being registered.
    func registrationViolations() -> [ConformanceViolation] {
        var registry = EndpointRegistry()
        do throws(FetchError) {
            try registry.register(endpoint)
        } catch {
            return [ConformanceViolation(.registration, "The endpoint can't be registered. \(error)")]
        }
        guard registry.names == [endpoint.name] else {
            let names = registry.names.map(\.text).joined(separator: ", ")
            return [
                ConformanceViolation(
                    .registration,
                    "Registering it registers “\(names)” and not \(endpoint.name). "
                        + "Leave out its property endpoints: an endpoint is a plugin of itself."
                )
            ]
        }
        do throws(FetchError) {
            try registry.register(endpoint)
        } catch {
            return []
        }
        return [ConformanceViolation(.registration, "It could be registered twice, under \(registry.names).")]
    }

    func declarationViolations() -> [ConformanceViolation] {
        [neighbourViolation, providerViolation].compactMap(\.self) + stabilityViolations + keysInside
    }

    private var neighbourViolation: ConformanceViolation? {
        var registry = neighbours
        do throws(FetchError) {
            try registry.register(endpoint)
            return nil
        } catch {
            return ConformanceViolation(.neighbours, "It can't be registered beside its neighbours. \(error)")
        }
    }

    private var providerViolation: ConformanceViolation? {
        let name = endpoint.name.text
        let beginning = name.lastIndex(of: ".").map { name[..<$0] } ?? ""
        guard beginning != endpoint.provider.text else { return nil }
        return ConformanceViolation(
            .providerInName,
            "The name \(name) says that the key is that of “\(beginning)”, and the provider is "
                + "\(endpoint.provider). Name it \(endpoint.provider).\(name.split(separator: ".").last ?? "…"), "
                + "or correct the provider."
        )
    }

    private var stabilityViolations: [ConformanceViolation] {
        func violation<Value: Equatable>(_ what: String, _ value: (Endpoint) -> Value) -> ConformanceViolation? {
            let first = value(endpoint)
            guard (0..<3).contains(where: { _ in value(endpoint) != first }) else { return nil }
            return ConformanceViolation(.stability, "Its \(what) is another one each time. Declare it with let.")
        }
        return [
            violation("name", \.name),
            violation("provider", \.provider),
            violation("base URL", \.baseURL),
            violation("method", \.method),
            violation("path", \.path),
            violation("authorization", \.authorization),
            violation("set of headers", \.headers),
        ].compactMap(\.self)
    }

    /// Keys that the endpoint brings along, as far as their names or looks give them away.
    private var keysInside: [ConformanceViolation] {
        let remedy = "Say in authorization where the key goes; the client takes it from its credentials."
        var found: [String] = []
        let query = endpoint.path.text.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        for item in query.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[1].contains("{"), LooksLikeKey.check(parts[0], parts[1]) else { continue }
            found.append("the query of its path has a value for \(parts[0])")
        }
        for field in endpoint.headers.fields where LooksLikeKey.check(field.name, field.value) {
            found.append("its fixed headers have a value for \(field.name)")
        }
        if let id = ids.first, case .json(let members) = try? endpoint.body(for: id) {
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                guard let text = value.string, text != id.description, LooksLikeKey.check(name, text) else { continue }
                found.append("its body has a value for \(name)")
            }
        }
        if case .header(let name, let prefix) = endpoint.authorization, LooksLikeKey.check("", prefix) {
            found.append("what stands in front of the key in \(name)")
        }
        let segments = (endpoint.baseURL.path(percentEncoded: true) + "/" + endpoint.path.text)
            .split(whereSeparator: { "/?&=".contains($0) })
        if segments.contains(where: { LooksLikeKey.check("", String($0)) }) {
            found.append("its URL has a part that looks like a key")
        }
        return found.map { ConformanceViolation(.noKeyInside, "The endpoint seems to hold a key: \($0). \(remedy)") }
    }
}
