#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// Ids that change other parts of a request if they aren't encoded.
private let hostileIDs = [
    "a/b", "../x", "/etc", "a?b=c", "a&key=x", "a#b", "a%2Fb", "a%", "ü", "a b", "a+b", "a;b", "a\\b", "a\"b", "a{b}",
    "a:b", "https://example.com/x",
]

extension ConformanceRun {
    /// Checks hostile ids. An id type that rejects them all is safe, so it has no violations.
    func hostileIDViolations() async throws -> [ConformanceViolation] {
        guard let sample = ids.first, case .success(let regular) = try await request(for: sample) else { return [] }
        var violations: [ConformanceViolation] = []
        for text in hostileIDs {
            guard let id = Endpoint.ID(text), id.description == text else { continue }
            for responses in [[FetchResponse(json: "{}")]] + fixtures.map(\.responses) {
                let observation = try await poll(id, responses)
                // Rejecting the id before anything is sent is also correct.
                guard let request = observation.requests.first else { continue }
                let problem =
                    problem(in: request, comparedTo: regular, for: id)
                    ?? problem(inFollowUps: observation.requests, for: id)
                guard let problem else { continue }
                violations.append(ConformanceViolation(.idStaysInPlace, "With the id “\(text)” \(problem)"))
                break
            }
        }
        return violations
    }

    private func problem(
        in request: FetchRequest,
        comparedTo regular: FetchRequest,
        for id: Endpoint.ID
    ) -> String? {
        let (url, regularURL) = (withoutKey(request.url), withoutKey(regular.url))
        if (try? Origin(of: url)) != (try? Origin(of: regularURL)) { return "the request goes to another server." }
        if url.fragment != nil { return "the URL has a fragment, which isn't sent to the server." }
        if url.segments.contains(where: { $0 == "." || $0 == ".." }) { return "the path contains a dot segment." }
        let mayHaveSlashes = ids.contains { $0.description.contains("/") }
        if url.segments.count != regularURL.segments.count, !(mayHaveSlashes && endpoint.path.rawValue.contains("{+")) {
            return "the path has \(url.segments.count) segments instead of \(regularURL.segments.count). "
                + "Write {id} and not {+id}, or pass an id with a slash if the provider has such ids."
        }
        if url.queryNames != regularURL.queryNames { return "the names in the query differ." }
        if urlIdentifies(id) {
            let found = EndpointRegistry().adding(endpoint)?.reference(for: url)?.id
            if found != id.description { return "the URL is that of \(found.map { "“\($0)”" } ?? "no job")." }
        }
        return bodyProblem(in: request, comparedTo: regular)
    }

    private func bodyProblem(in request: FetchRequest, comparedTo regular: FetchRequest) -> String? {
        guard let regularNames = regular.body?.memberNames else { return nil }
        guard let names = request.body?.memberNames else {
            return "the body isn't a JSON object. Send it as .json, which escapes strings."
        }
        return names == regularNames ? nil : "the members of the body differ. Send it as .json, which escapes strings."
    }

    private func problem(inFollowUps requests: [FetchRequest], for id: Endpoint.ID) -> String? {
        let encoded = PercentEncoding.encode(id.description)
        guard encoded != id.description, !endpoint.path.rawValue.contains("{+") else { return nil }
        let isRaw = requests.dropFirst().contains { request in
            request.url.absoluteString.replacing(encoded, with: "").contains(id.description)
        }
        guard isRaw else { return nil }
        return "the follow-up's URL contains the id without encoding. Give the follow-up a path with {id}."
    }
}

extension URL {
    fileprivate var segments: [Substring] {
        path(percentEncoded: true).split(separator: "/", omittingEmptySubsequences: false)
    }

    fileprivate var queryNames: [Substring] {
        (query(percentEncoded: true) ?? "").split(separator: "&").map { $0.prefix { $0 != "=" } }
    }
}

extension Data {
    /// The names of a JSON object's members. `nil` if the data isn't a JSON object.
    fileprivate var memberNames: Set<String>? {
        (try? JSONDecoder().decode(JSONValue.self, from: self))?.object.map { Set($0.keys) }
    }
}
