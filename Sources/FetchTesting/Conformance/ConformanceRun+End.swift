#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    /// Looks for an answer that ends a wait.
    ///
    /// Where no fixture shows one, the suite tries what providers usually say. An endpoint that understands none of it
    /// isn't wrong, but nothing shows that it is right.
    func endViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        guard !fixtures.contains(where: { $0.meaning == .succeeded }) else { return [] }
        for json in UsualAnswers.successes(id: id.description) {
            let result = try await ask(id, [FetchResponse(json: json)], probing: json).result
            guard case .success(.succeeded) = result else { continue }
            return try await withFixtures([.succeeded(json)]).unknownStatusViolations(id)
        }
        return [
            ConformanceViolation(
                .reachesEnd,
                "None of the usual answers is a success to it, so nothing shows that a wait ends. "
                    + "Pass the fixture .succeeded(…) with an answer of the provider's."
            )
        ]
    }

    private func withFixtures(_ fixtures: [EndpointFixture]) -> Self {
        var run = Self(endpoint: endpoint, ids: ids, fixtures: fixtures, neighbours: neighbours)
        run.onProbe = onProbe
        return run
    }
}

/// What providers usually say of a job that is done.
private enum UsualAnswers {
    static func successes(id: String) -> [String] {
        let shapes: [JSONValue] = [
            .array([.string(link)]),
            .string(link),
            .object(["url": .string(link)]),
            .array([.object(["url": .string(link)])]),
        ]
        var answers: [String] = []
        for word in words {
            for shape in shapes {
                var members: [String: JSONValue] = ["id": .string(id), "status": .string(word), "state": .string(word)]
                members["done"] = true
                for name in outputNames { members[name] = shape }
                answers.append(text(.object(members)))
                answers.append(text(.object(["status": .string(word), "data": .object(members)])))
            }
        }
        return answers
    }

    private static let link = "https://example.com/result.mp4"

    private static let words = ["success", "succeeded", "completed", "complete", "done", "finished", "ready"].flatMap {
        [$0, $0.uppercased(), $0.prefix(1).uppercased() + $0.dropFirst()]
    }

    private static let outputNames = [
        "output", "outputs", "result", "results", "url", "urls", "video", "videos", "image", "images", "audio", "text",
        "response", "links", "artifacts", "files", "sample", "content",
    ]

    private static func text(_ value: JSONValue) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: (try? encoder.encode(value)) ?? Data(), as: UTF8.self)
    }
}
