import FetchCore
import FetchTesting
import Foundation
import Testing

/// An endpoint with one mistake, the rule that finds it, and words that its author must be told.
struct SeededMistake: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var endpoint: SampleEndpoint
    var rule: ConformanceRule
    var words: String

    init(_ description: String, _ rule: ConformanceRule, _ words: String, _ endpoint: SampleEndpoint) {
        testDescription = description
        self.endpoint = endpoint
        self.rule = rule
        self.words = words
    }
}

@Suite struct SeededMistakeTests {
    @Test(arguments: declarations + requests + answers)
    func `a mistake is found and explained`(mistake: SeededMistake) async throws {
        let violations = try await EndpointConformance(
            mistake.endpoint,
            ids: ["1", "77"],
            fixtures: SampleEndpoint.fixtures
        ).violations()
        #expect(violations.map(\.rule).contains(mistake.rule))
        #expect(violations.filter { $0.rule == mistake.rule }.contains { $0.explanation.contains(mistake.words) })
        #expect(Set(violations.map(\.rule)).count <= 2, "One mistake is one accusation, or two: \(violations)")
    }

    static let declarations: [SeededMistake] = [
        .init("a malformed name", .registration, "malformedName", SampleEndpoint(name: "Example Room")),
        .init("a path without a place", .registration, "{id}", SampleEndpoint(path: "room/fetch")),
        .init("a brace without a partner", .registration, "brace", SampleEndpoint(path: "room/{id")),
        .init(
            "a base URL with a query",
            .registration,
            "query",
            SampleEndpoint(baseURL: URL(string: "https://api.example.com/v2?x=1")!)
        ),
        .init(
            "the provider of another account",
            .providerInName,
            "Name it example.room",
            SampleEndpoint(name: "example.enterprise.room")
        ),
        .init(
            "a key in the path's query",
            .noKeyInside,
            "a value for key",
            SampleEndpoint(path: "room/{id}?key=4711", authorization: .none)
        ),
        .init(
            "a key in a fixed header",
            .noKeyInside,
            "X-Api-Key",
            SampleEndpoint(authorization: .none, headers: ["X-Api-Key": "4711"])
        ),
        .init(
            "a key in the body",
            .noKeyInside,
            "its body has a value for key",
            SampleEndpoint(authorization: .none, fields: { _ in .json(["key": "4711"]) })
        ),
        .init(
            "a key in front of the key",
            .noKeyInside,
            "what stands in front of the key in Authorization",
            SampleEndpoint(authorization: .header("Authorization", prefix: "Bearer sk-4711 "))
        ),
        .init(
            "a key in the base URL",
            .noKeyInside,
            "looks like a key",
            SampleEndpoint(baseURL: URL(string: "https://api.example.com/sk-4711/v2")!)
        ),
    ]

    static let requests: [SeededMistake] = [
        .init("a GET with a body", .methodAndBody, "key in a header", SampleEndpoint(method: .get)),
        .init(
            "a key for a body that isn't JSON",
            .request,
            "not JSON",
            SampleEndpoint(fields: { _ in .data(Data("x".utf8), mediaType: "text/plain") })
        ),
        .init("an id that keeps its slashes", .idStaysInPlace, "not {+id}", SampleEndpoint(path: "room/fetch/{+id}")),
        .init(
            "an id written into JSON by hand",
            .idStaysInPlace,
            "Send it as .json",
            SampleEndpoint(
                path: "room/fetch",
                authorization: .bearer,
                fields: { .data(Data(#"{"id":"\#($0)"}"#.utf8), mediaType: "application/json") }
            )
        ),
        .init(
            "an id that isn't encoded in a follow-up",
            .idStaysInPlace,
            "follow-up",
            SampleEndpoint(
                authorization: .bearer,
                read: { id, response in
                    let answer = try SampleEndpoint.answer(to: id, from: response)
                    guard case .succeeded = answer, let url = URL(string: "https://api.example.com/v2/file/\(id)")
                    else {
                        return answer
                    }
                    return .followUp(FollowUp(.url(url)) { try SampleEndpoint.answer(to: id, from: $0) })
                }
            )
        ),
        .init(
            "a follow-up by GET that has the key in its body",
            .methodAndBody,
            "key in a header",
            SampleEndpoint(read: { id, response in
                guard case .succeeded = try SampleEndpoint.answer(to: id, from: response) else {
                    return try SampleEndpoint.answer(to: id, from: response)
                }
                return .followUp(FollowUp("room/{id}/file") { try SampleEndpoint.answer(to: id, from: $0) })
            })
        ),
        .init(
            "a key for a header that is taken",
            .keyPlacement,
            "something else stands there",
            SampleEndpoint(authorization: .header("Content-Type"), fields: { _ in .json([:]) })
        ),
        .init(
            "an id in the field that the key takes",
            .distinctRequests,
            "make the same request",
            SampleEndpoint(path: "room/fetch", fields: { .json(["key": .string($0)]) })
        ),
    ]

    static let answers: [SeededMistake] = [
        .init(
            "an end that is never reached",
            .fixtures,
            "given as succeeded and is read as pending",
            reading { _, _ in .pending }
        ),
        .init(
            "an unknown word taken for a failure",
            .unknownStatus,
            "Return .pending",
            reading { body, _ in
                switch body.status {
                case "success": .succeeded(body.output ?? [])
                case "processing": .pending
                default: .failed(JobFailure())
                }
            }
        ),
        .init(
            "a list of words that throws for others",
            .unknownStatus,
            "quxifying",
            reading { body, response in
                switch body.status {
                case "success": .succeeded(body.output ?? [])
                case "processing": .pending
                case "failed": .failed(JobFailure())
                default: throw response.malformedResponseError("unknown status")
                }
            }
        ),
        .init(
            "a refused key taken for a failed job",
            .refusedKey,
            "a failed job",
            SampleEndpoint(read: { id, response in
                response.status == 401 ? .failed(JobFailure()) : try SampleEndpoint.answer(to: id, from: response)
            })
        ),
        .init(
            "the HTTP status left unread",
            .refusedKey,
            "as response.requireSuccess() does",
            SampleEndpoint(read: { id, response in
                guard response.status == 401 else { return try SampleEndpoint.answer(to: id, from: response) }
                return try SampleEndpoint.answer(to: id, from: FetchResponse(status: 200, body: response.body))
            })
        ),
        .init(
            "a rate limit taken for a failed job",
            .rateLimit,
            "asks to slow down",
            SampleEndpoint(read: { id, response in
                response.status == 429 ? .failed(JobFailure()) : try SampleEndpoint.answer(to: id, from: response)
            })
        ),
        .init(
            "a gateway's failure that is final",
            .serverFailure,
            "a final error",
            SampleEndpoint(read: { id, response in
                guard response.status == 502 else { return try SampleEndpoint.answer(to: id, from: response) }
                throw FetchError(.badRequest, "no")
            })
        ),
        .init(
            "an empty answer taken for a failed job",
            .answerWithoutState,
            "HTTP 200 with an empty body",
            SampleEndpoint(read: { id, response in
                response.body.isEmpty && response.status == 200
                    ? .failed(JobFailure()) : try SampleEndpoint.answer(to: id, from: response)
            })
        ),
    ]

    private static func reading(
        _ read: @escaping @Sendable (SampleEndpoint.Body, FetchResponse) throws -> FetchAnswer<[URL]>
    ) -> SampleEndpoint {
        SampleEndpoint(read: { try read(try $1.json(), $1) })
    }
}
