#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    func keyViolations() async throws -> [ConformanceViolation] {
        guard let id = ids.first else { return [] }
        var problems: [String] = []
        for responses in [[FetchResponse(json: "{}")]] + fixtures.map(\.responses) {
            let requests = try await poll(id, responses).requests
            guard let first = requests.first else { continue }
            problems += misplacements(in: first)
            if let missing = missingKey(in: first) { problems.append(missing) }
            for request in requests.dropFirst() where request.origin != first.origin && containsKey(request) {
                problems.append("A follow-up sends the key to another origin with \(request).")
            }
        }
        var seen: Set<String> = []
        return problems.filter { seen.insert($0).inserted }.map { ConformanceViolation(.keyPlacement, $0) }
            + (try await keyPrefixViolations(id))
    }

    /// Returns the header fields in which a word runs into the key, in all requests.
    private func keyPrefixViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        var words: Set<String> = []
        for responses in [[FetchResponse(json: "{}")]] + fixtures.map(\.responses) {
            for field in try await poll(id, responses).requests.flatMap(\.headers.fields)
            where field.value.hasSuffix(key.secret) {
                let prefix = String(field.value.dropLast(key.secret.count))
                if AuthenticationScheme.isIncomplete(prefix, in: field.name) { words.insert(prefix) }
            }
        }
        return words.sorted().map {
            ConformanceViolation(
                .keyPrefix,
                "The key follows “\($0)” without a space. The prefix is sent as it is: write “\($0) ”."
            )
        }
    }

    /// Returns the places outside of `Authorization` that contain the key.
    private func misplacements(in request: FetchRequest) -> [String] {
        var problems: [String] = []
        func report(_ place: String) {
            problems.append("The key is in \(place), but authorization declares \(endpoint.authorization).")
        }
        if withoutKey(request.url).absoluteString.contains(secret) { report("the URL") }
        for field in request.headers.fields where field.value.contains(secret) {
            if case .header(let name, let prefix) = endpoint.authorization,
                name.lowercased() == field.name.lowercased(), field.value == prefix + key.secret
            {
                continue
            }
            report("the header field \(field.name)")
        }
        let body = String(decoding: request.body ?? Data(), as: UTF8.self)
        let copies = body.split(separator: secret, omittingEmptySubsequences: false).count - 1
        if case .jsonBody = endpoint.authorization {
            if copies > 1 { report("the body \(copies) times") }
        } else if copies > 0 {
            report("the body")
        }
        return problems
    }

    /// Returns a problem if the declared place doesn't contain the key.
    private func missingKey(in request: FetchRequest) -> String? {
        let isPresent =
            switch endpoint.authorization {
            case .none: true
            case .header(let name, let prefix): request.headers[name] == prefix + key.secret
            case .basic: request.headers["Authorization"] == "Basic " + Data(key.secret.utf8).base64EncodedString()
            // The function of the endpoint decides what it adds.
            case .signed: true
            case .query: withoutKey(request.url) != request.url
            case .jsonBody(let field):
                request.body.flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }?[field]?.string
                    == key.secret
            }
        guard !isPresent else { return nil }
        return "The place that authorization declares, \(endpoint.authorization), contains another value than the key."
    }

    private func containsKey(_ request: FetchRequest) -> Bool {
        request.url.absoluteString.contains(secret)
            || request.headers.fields.contains { $0.value.contains(secret) }
            || String(decoding: request.body ?? Data(), as: UTF8.self).contains(secret)
    }
}

extension FetchRequest {
    fileprivate var origin: Origin? { try? Origin(of: url) }
}
