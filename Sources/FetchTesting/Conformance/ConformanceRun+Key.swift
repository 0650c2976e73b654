#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    func keyViolations() async throws -> [ConformanceViolation] {
        guard let id = ids.first else { return [] }
        var flaws: [String] = []
        for responses in [[FetchResponse(json: "{}")]] + fixtures.map(\.responses) {
            let requests = try await ask(id, responses).requests
            guard let first = requests.first else { continue }
            flaws += misplacements(in: first)
            if let missing = absence(in: first) { flaws.append(missing) }
            for request in requests.dropFirst() where request.origin != first.origin && holdsKey(request) {
                flaws.append("A follow-up carries the key to \(request).")
            }
        }
        var seen: Set<String> = []
        return flaws.filter { seen.insert($0).inserted }.map { ConformanceViolation(.keyPlacement, $0) }
    }

    /// Where the key is and shouldn't be.
    private func misplacements(in request: FetchRequest) -> [String] {
        var flaws: [String] = []
        func note(_ place: String) {
            flaws.append("The key is in \(place), and authorization says \(endpoint.authorization).")
        }
        if withoutKey(request.url).absoluteString.contains(Self.canary) { note("the URL") }
        for field in request.headers.fields where field.value.contains(Self.canary) {
            if case .header(let name, let prefix) = endpoint.authorization,
                name.lowercased() == field.name.lowercased(), field.value == prefix + Self.canary
            {
                continue
            }
            note("the header \(field.name)")
        }
        let body = String(decoding: request.body ?? Data(), as: UTF8.self)
        let copies = body.split(separator: Self.canary, omittingEmptySubsequences: false).count - 1
        if case .jsonBody = endpoint.authorization {
            if copies > 1 { note("the body \(copies) times") }
        } else if copies > 0 {
            note("the body")
        }
        return flaws
    }

    /// What is wrong where the key should be.
    private func absence(in request: FetchRequest) -> String? {
        let isThere =
            switch endpoint.authorization {
            case .none: true
            case .header(let name, let prefix): request.headers[name] == prefix + Self.canary
            case .query: withoutKey(request.url) != request.url
            case .jsonBody(let field):
                request.body.flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }?[field]?.string
                    == Self.canary
            }
        guard !isThere else { return nil }
        return "The key isn't where authorization says, \(endpoint.authorization): something else stands there."
    }

    private func holdsKey(_ request: FetchRequest) -> Bool {
        request.url.absoluteString.contains(Self.canary)
            || request.headers.fields.contains { $0.value.contains(Self.canary) }
            || String(decoding: request.body ?? Data(), as: UTF8.self).contains(Self.canary)
    }
}

extension FetchRequest {
    fileprivate var origin: Origin? { try? Origin(of: url) }
}
