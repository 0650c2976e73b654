#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// Ids that lead elsewhere when they are put into a request as they are.
private let hostileIDs = [
    "a/b", "../x", "/etc", "a?b=c", "a&key=x", "a#b", "a%2Fb", "a%", "ü", "a b", "a+b", "a;b", "a\\b", "a\"b", "a{b}",
    "a:b", "https://example.com/x",
]

extension ConformanceRun {
    /// Only ids of text can be hostile: others don't take these, which is as good.
    func hostileIDViolations() async throws -> [ConformanceViolation] {
        guard let sample = ids.first, case .success(let usual) = try await request(for: sample) else { return [] }
        var violations: [ConformanceViolation] = []
        for text in hostileIDs {
            guard let id = Endpoint.ID(text), id.description == text else { continue }
            for responses in [[FetchResponse(json: "{}")]] + fixtures.map(\.responses) {
                let observation = try await ask(id, responses)
                // A refusal before anything is sent is as good as an encoded id.
                guard let request = observation.requests.first else { continue }
                let flaw =
                    flaw(of: request, besides: usual, for: id) ?? flaw(ofFollowUps: observation.requests, for: id)
                guard let flaw else { continue }
                violations.append(ConformanceViolation(.idStaysInPlace, "With the id “\(text)” \(flaw)"))
                break
            }
        }
        return violations
    }

    private func flaw(of request: FetchRequest, besides usual: FetchRequest, for id: Endpoint.ID) -> String? {
        let (url, usualURL) = (withoutKey(request.url), withoutKey(usual.url))
        if (try? Origin(of: url)) != (try? Origin(of: usualURL)) { return "another server is asked." }
        if url.fragment != nil { return "the URL has a fragment, which servers never see." }
        if url.segments.contains(where: { $0 == "." || $0 == ".." }) { return "the path climbs out of its place." }
        let mayHaveSlashes = ids.contains { $0.description.contains("/") }
        if url.segments.count != usualURL.segments.count, !(mayHaveSlashes && endpoint.path.text.contains("{+")) {
            return "the path has \(url.segments.count) parts in place of \(usualURL.segments.count). "
                + "Write {id} and not {+id}, or pass an id with a slash, if the provider has such ids."
        }
        if url.queryNames != usualURL.queryNames { return "the query has other items." }
        if hasPlaceForWhole(id) {
            let found = EndpointRegistry().adding(endpoint)?.reference(for: url)?.id
            if found != id.description { return "the URL leads back to \(found.map { "“\($0)”" } ?? "no job")." }
        }
        return bodyFlaw(of: request, besides: usual)
    }

    private func bodyFlaw(of request: FetchRequest, besides usual: FetchRequest) -> String? {
        guard let usualNames = usual.body?.memberNames else { return nil }
        guard let names = request.body?.memberNames else {
            return "the body is no JSON. Send it as .json, which escapes."
        }
        return names == usualNames ? nil : "the body has other members. Send it as .json, which escapes."
    }

    private func flaw(ofFollowUps requests: [FetchRequest], for id: Endpoint.ID) -> String? {
        let encoded = PercentEncoding.encode(id.description)
        guard encoded != id.description, !endpoint.path.text.contains("{+") else { return nil }
        let isRaw = requests.dropFirst().contains { request in
            request.url.absoluteString.replacing(encoded, with: "").contains(id.description)
        }
        guard isRaw else { return nil }
        return "the follow-up's URL has the id in it as it is. Give the follow-up a path with {id}."
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
    /// The names of a JSON object's members, nil where this isn't one.
    fileprivate var memberNames: Set<String>? {
        (try? JSONDecoder().decode(JSONValue.self, from: self))?.object.map { Set($0.keys) }
    }
}
