import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Rules of endpoint conformance") struct SeededMistakeTests {
    @Test(arguments: declarations + requests + responses)
    func `a mistake is reported with an explanation`(mistake: SeededMistake) async throws {
        let violations = try await EndpointConformance(
            mistake.endpoint,
            ids: ["1", "77"],
            fixtures: SampleEndpoint.fixtures
        ).violations()
        #expect(violations.map(\.rule).contains(mistake.rule))
        #expect(violations.filter { $0.rule == mistake.rule }.contains { $0.explanation.contains(mistake.explanation) })
        #expect(Set(violations.map(\.rule)).count <= 2, "One mistake must break at most two rules: \(violations)")
    }

    @Test func `a succeeded fixture without artifacts is reported, unless the rule is excluded`() async throws {
        let misspelt = SampleEndpoint(decode: { _, response in
            let body: JSONValue = try response.json()
            let links = body["outputs"]?.array ?? []
            return body["status"] == "success"
                ? .succeeded(links.compactMap { $0.string.flatMap { URL(string: $0) } }) : .pending
        })
        func violations(except exceptions: Set<ConformanceRule>) async throws -> [ConformanceViolation] {
            try await EndpointConformance(
                misspelt,
                ids: ["1", "77"],
                fixtures: Array(SampleEndpoint.fixtures.prefix(2)),
                except: exceptions
            ).violations()
        }
        let found = try await violations(except: [])
        #expect(found.map(\.rule) == [.artifacts])
        #expect(found.first?.explanation.contains("its output has no artifacts") == true)
        #expect(try await violations(except: [.artifacts]).isEmpty)
    }

    /// An endpoint whose function for the body misses the question mark, and whose signature wants a user and a secret.
    private struct MistypedBodyEndpoint: FetchEndpoint {
        let name: EndpointName = "example.mistyped"
        let provider: ProviderID = "example"
        let baseURL = URL(string: "https://api.example.com/v2")!
        let method = RequestMethod.post
        let path: PathTemplate = "room/{id}"
        let authorization = Authorization.signed

        func body(for id: String) -> RequestBody { .json(["detail": "full"]) }

        func sign(_ request: inout FetchRequest, with key: APIKey, at date: Date) throws {
            guard key.secret.contains(":") else { throw FetchError(.malformedEndpoint, "the key has no colon") }
            request.headers["X-Signature"] = "signed by \(key.secret.hashValue)"
        }

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
            try SampleEndpoint.answer(to: id, from: response)
        }
    }

    @Test func `a function for the body with the wrong return type is reported`() async throws {
        let suite = EndpointConformance(MistypedBodyEndpoint(), ids: ["1", "77"], key: APIKey("user:sk-canary-0002"))
        let found = try await suite.violations().filter { $0.rule == .missingBody }
        #expect(found.first?.explanation.contains("body(for id: String) throws -> RequestBody?") == true)
        // Without the function there is no other sign of it: the request has no body.
        let excluded = EndpointConformance(
            MistypedBodyEndpoint(),
            ids: ["1", "77"],
            key: APIKey("user:sk-canary-0002"),
            except: [.missingBody]
        )
        #expect(try await !excluded.violations().map(\.rule).contains(.missingBody))
    }

    @Test(arguments: [nil, APIKey("sk-canary-0002")])
    func `a signature that refuses the suite's own key is reported with the parameter to pass`(key: APIKey?)
        async throws
    {
        let suite = EndpointConformance(MistypedBodyEndpoint(), ids: ["1", "77"], key: key)
        let found = try await suite.violations().first { $0.rule == .request }
        #expect(found?.explanation.contains("pass one as key:") == (key == nil))
    }

    @Test func `a succeeded fixture with a link that can't be requested is reported`() async throws {
        let fixtures: [EndpointFixture] = [
            .succeeded(#"{"status":"success","output":["https://example.com/a.png","file:///b.png"]}"#)
        ]
        let found = try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"], fixtures: fixtures).violations()
        #expect(found.map(\.rule) == [.usableLinks])
        #expect(found.first?.explanation.contains("“file:///b.png”") == true)
    }

    static let declarations: [SeededMistake] = [
        .init("a malformed name", .registration, "malformedName", SampleEndpoint(name: "Example Room")),
        .init("a path without a placeholder", .registration, "{id}", SampleEndpoint(path: "room/fetch")),
        .init("an unmatched brace", .registration, "brace", SampleEndpoint(path: "room/{id")),
        .init(
            "a path with scheme and host",
            .registration,
            "Write only what follows the base URL",
            SampleEndpoint(path: "https://api.example.com/v2/room/{id}")
        ),
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
            .containsNoKey,
            "a value for key",
            SampleEndpoint(path: "room/{id}?key=4711", authorization: .none)
        ),
        .init(
            "a key in a fixed header",
            .containsNoKey,
            "X-Api-Key",
            SampleEndpoint(authorization: .none, headers: ["X-Api-Key": "4711"])
        ),
        .init(
            "a key in the body",
            .containsNoKey,
            "its body has a value for key",
            SampleEndpoint(authorization: .none, fields: { _ in .json(["key": "4711"]) })
        ),
        .init(
            "a key in the prefix of the key",
            .containsNoKey,
            "the prefix of the key in Authorization",
            SampleEndpoint(authorization: .header("Authorization", prefix: "Bearer sk-4711 "))
        ),
        .init(
            "a key in the base URL",
            .containsNoKey,
            "looks like a key",
            SampleEndpoint(baseURL: URL(string: "https://api.example.com/sk-4711/v2")!)
        ),
    ]

    static let requests: [SeededMistake] = [
        .init("a GET with a body", .methodAndBody, "key in a header", SampleEndpoint(method: .get)),
        .init("a POST without a body", .missingBody, "-> RequestBody?", SampleEndpoint(authorization: .bearer)),
        .init(
            "a body key with a body that isn't JSON",
            .request,
            "not JSON",
            SampleEndpoint(fields: { _ in .data(Data("x".utf8), mediaType: "text/plain") })
        ),
        .init(
            "an id whose slashes aren't encoded",
            .idStaysInPlace,
            "not {+id}",
            SampleEndpoint(path: "room/fetch/{+id}")
        ),
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
                decode: { id, response in
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
            "a follow-up GET with the key in its body",
            .methodAndBody,
            "key in a header",
            SampleEndpoint(decode: { id, response in
                guard case .succeeded = try SampleEndpoint.answer(to: id, from: response) else {
                    return try SampleEndpoint.answer(to: id, from: response)
                }
                return .followUp(FollowUp("room/{id}/file") { try SampleEndpoint.answer(to: id, from: $0) })
            })
        ),
        .init(
            "a prefix without a space",
            .keyPrefix,
            "write “Bearer ”",
            SampleEndpoint(method: .get, authorization: .header("Authorization", prefix: "Bearer"))
        ),
        .init(
            "the name of a scheme without a space in another field",
            .keyPrefix,
            "write “Token ”",
            SampleEndpoint(method: .get, authorization: .header("X-Auth", prefix: "Token"))
        ),
        .init(
            "a key in a header field that is already used",
            .keyPlacement,
            "another value than the key",
            SampleEndpoint(authorization: .header("Content-Type"), fields: { _ in .json([:]) })
        ),
        .init(
            "an id in the field that is used for the key",
            .distinctRequests,
            "produce the same request",
            SampleEndpoint(path: "room/fetch", fields: { .json(["key": .string($0)]) })
        ),
    ]

    static let responses: [SeededMistake] = [
        .init(
            "a lifetime of links that the output doesn't keep",
            .linkExpiry,
            "implement outputCompleted(by:)",
            SampleEndpoint(artifactLifetime: .seconds(60))
        ),
        .init(
            "a job that never ends",
            .fixtures,
            "declared as succeeded but decoded as pending",
            decoding { _, _ in .pending }
        ),
        .init(
            "an unknown status decoded as a failure",
            .unknownStatus,
            "Return .pending",
            decoding { body, _ in
                switch body.status {
                case "success": .succeeded(body.output ?? [])
                case "processing": .pending
                default: .failed(JobFailure())
                }
            }
        ),
        .init(
            "a decoder that throws for unknown statuses",
            .unknownStatus,
            "quxifying",
            decoding { body, response in
                switch body.status {
                case "success": .succeeded(body.output ?? [])
                case "processing": .pending
                case "failed": .failed(JobFailure())
                default: throw response.malformedResponseError("unknown status")
                }
            }
        ),
        .init(
            "a rejected key decoded as a failed job",
            .refusedKey,
            "a failed job",
            SampleEndpoint(decode: { id, response in
                response.status == 401 ? .failed(JobFailure()) : try SampleEndpoint.answer(to: id, from: response)
            })
        ),
        .init(
            "an ignored HTTP status",
            .refusedKey,
            "as response.requireSuccess() does",
            SampleEndpoint(decode: { id, response in
                guard response.status == 401 else { return try SampleEndpoint.answer(to: id, from: response) }
                return try SampleEndpoint.answer(to: id, from: FetchResponse(status: 200, body: response.body))
            })
        ),
        .init(
            "a rate limit decoded as a failed job",
            .rateLimit,
            "limits the request rate",
            SampleEndpoint(decode: { id, response in
                response.status == 429 ? .failed(JobFailure()) : try SampleEndpoint.answer(to: id, from: response)
            })
        ),
        .init(
            "a 404 decoded as pending",
            .notFound,
            "HTTP 404",
            SampleEndpoint(decode: { id, response in
                response.status == 404 ? .pending : try SampleEndpoint.answer(to: id, from: response)
            })
        ),
        .init(
            "a permanent error for a gateway failure",
            .serverFailure,
            "a permanent error",
            SampleEndpoint(decode: { id, response in
                guard response.status == 502 else { return try SampleEndpoint.answer(to: id, from: response) }
                throw FetchError(.badRequest, "no")
            })
        ),
        .init(
            "an empty response decoded as a failed job",
            .responseWithoutState,
            "HTTP 200 with an empty body",
            SampleEndpoint(decode: { id, response in
                response.body.isEmpty && response.status == 200
                    ? .failed(JobFailure()) : try SampleEndpoint.answer(to: id, from: response)
            })
        ),
    ]

    private static func decoding(
        _ decode: @escaping @Sendable (SampleEndpoint.Body, FetchResponse) throws -> FetchAnswer<[URL]>
    ) -> SampleEndpoint {
        SampleEndpoint(decode: { try decode(try $1.json(), $1) })
    }
}
