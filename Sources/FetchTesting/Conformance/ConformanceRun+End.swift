#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    /// Returns a violation if no response is decoded as a success.
    ///
    /// Without a `succeeded` fixture, the run tries the responses that providers commonly send. An endpoint may be
    /// correct and decode none of them, but then nothing proves that polling ends.
    func endViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        guard !fixtures.contains(where: { $0.meaning == .succeeded }) else { return [] }
        for json in CommonResponses.successes(id: id.description) {
            let result = try await poll(id, [FetchResponse(json: json)], probing: json).result
            guard case .success(.succeeded) = result else { continue }
            var run = self
            run.fixtures = [.succeeded(json)]
            return try await run.unknownStatusViolations(id)
        }
        return [
            ConformanceViolation(
                .reachesEnd,
                "The endpoint decodes none of the common responses as a success, so nothing proves that polling ends. "
                    + "Pass the fixture .succeeded(…) with a response of the provider."
            )
        ]
    }
}

/// The responses that providers commonly send for a finished job.
private enum CommonResponses {
    static func successes(id: String) -> [String] {
        let shapes: [JSONValue] = [
            .array([.string(link)]),
            .string(link),
            .object(["url": .string(link)]),
            .array([.object(["url": .string(link)])]),
        ]
        var responses: [String] = []
        for status in statuses {
            for shape in shapes {
                var members: [String: JSONValue] = [
                    "id": .string(id), "status": .string(status), "state": .string(status),
                ]
                members["done"] = true
                for name in outputNames { members[name] = shape }
                responses.append(encoded(.object(members)))
                responses.append(encoded(.object(["status": .string(status), "data": .object(members)])))
            }
        }
        return responses
    }

    private static let link = "https://example.com/result.mp4"

    private static let statuses =
        ["success", "succeeded", "completed", "complete", "done", "finished", "ready"].flatMap {
            [$0, $0.uppercased(), $0.prefix(1).uppercased() + $0.dropFirst()]
        }

    private static let outputNames = [
        "output", "outputs", "result", "results", "url", "urls", "video", "videos", "image", "images", "audio", "text",
        "response", "links", "artifacts", "files", "sample", "content",
    ]

    private static func encoded(_ value: JSONValue) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: (try? encoder.encode(value)) ?? Data(), as: UTF8.self)
    }
}
