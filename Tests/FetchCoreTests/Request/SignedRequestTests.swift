import Dispatch
import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Signed requests") struct SignedRequestTests {
    private static let key = "sk-canary-0123456789"
    private static let signature = "c2lnbmF0dXJlLWNhbmFyeS0wMTIzNDU2Nzg5"

    /// Polls once, and returns the error and the number of requests that were sent.
    private func failure(
        of endpoint: SigningEndpoint,
        steps: [ScriptedTransport.Step] = [.json("{}")]
    ) async -> (error: FetchError?, requests: Int) {
        let transport = ScriptedTransport(steps)
        let client = FetchClient(scripted: transport)
        let error = await #expect(throws: FetchError.self) { try await client.fetch(endpoint, id: 42) }
        return (error, transport.requests.count)
    }

    @Test func `the sign function is called last, with the complete request, the key and the date`() async throws {
        let clock = VirtualClock()
        let received = Mutex<[FetchRequest]>([])
        let endpoint = SigningEndpoint { request, key, date in
            #expect(key.secret == Self.key)
            #expect(date == clock.date)
            received.withLock { [request] in $0.append(request) }
            request.headers["X-Signature"] = "42"
        }
        let transport = ScriptedTransport([.json("{}")], clock: clock)
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        _ = try await clock.run { try await client.fetch(endpoint, id: 42) }
        let (unsigned, sent) = (try #require(received.withLock { $0.first }), try #require(transport.requests.first))
        #expect(unsigned.url.absoluteString == "https://api.example.com/v1/jobs/42")
        #expect(unsigned.headers["X-Version"] == "2")
        #expect(unsigned.headers["Content-Type"] == "application/json")
        #expect(unsigned.body == Data(#"{"id":42}"#.utf8))
        #expect(sent.headers["X-Signature"] == "42")
        var expected = unsigned
        expected.headers["X-Signature"] = "42"
        expected.timeout = sent.timeout
        #expect(sent == expected)
    }

    @Test func `retries and follow-up requests are signed at their own dates`() async throws {
        let clock = VirtualClock()
        let dates = Mutex<[Date]>([])
        let endpoint = SigningEndpoint(
            read: { response in
                let body = try response.json(JSONValue.self)
                guard body["next"] != nil else { return .succeeded(body) }
                return .followUp(FollowUp("results/{id}") { .succeeded(try $0.json()) })
            },
            signing: { request, _, date in
                dates.withLock { $0.append(date) }
                request.headers["X-Signature"] = "\(date.timeIntervalSince1970)"
            }
        )
        let steps: [ScriptedTransport.Step] = [.status(503), .json(#"{"next":true}"#).after(.seconds(2)), .json("{}")]
        let transport = ScriptedTransport(steps, clock: clock)
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        _ = try await clock.run { try await client.result(endpoint, id: 42) }
        let signed = dates.withLock(\.self)
        #expect(signed.count == 3 && Set(signed).count == 3)
        #expect(
            transport.requests.map { $0.headers["X-Signature"] } == signed.map { "\($0.timeIntervalSince1970)" }
        )
    }

    @Test func `a sign function that throws ends the request, and only the type of its error is shown`() async {
        struct ErrorWithKey: Error { let key = SignedRequestTests.key }
        let (error, requests) = await failure(of: SigningEndpoint { _, _, _ in throw ErrorWithKey() })
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message == "the endpoint can't sign the request: ErrorWithKey")
        #expect(error?.job?.description == "example.signed:42")
        #expect(requests == 0)
    }

    @Test func `the key is redacted in a FetchError that a sign function throws`() async {
        let endpoint = SigningEndpoint { request, key, _ in
            throw FetchError(.malformedKey, "no colon in \(key.secret)", remedy: "Split \(key.secret).")
        }
        let (error, requests) = await failure(of: endpoint)
        #expect(error?.code == .malformedKey)
        #expect(error?.message == "no colon in [redacted]")
        #expect(error.map { Disclosure(of: $0).contains(Self.key) } == false)
        #expect(requests == 0)
    }

    @Test func `a second Authorization field is refused`() async {
        let endpoint = SigningEndpoint { request, key, _ in
            request.headers.append(name: "Authorization", value: "HMAC 1")
            request.headers.append(name: "authorization", value: "HMAC \(key.secret)")
        }
        let (error, requests) = await failure(of: endpoint)
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message == "the signed request has two Authorization fields")
        #expect(error?.isRetryable == false)
        #expect(requests == 0)
    }

    @Test(arguments: ["https://evil.com/v1/jobs/42", "http://api.example.com/v1", "https://u:p@api.example.com"])
    func `a sign function can't send the request to another origin`(url: String) async {
        let (error, requests) = await failure(of: SigningEndpoint { request, _, _ in request.url = URL(string: url)! })
        #expect(error?.code == .refusedURL)
        #expect(requests == 0)
    }

    @Test func `a signature with a newline is refused`() async {
        let endpoint = SigningEndpoint { request, _, _ in request.headers["X-Signature"] = "a\r\nX-Other: b" }
        let (error, requests) = await failure(of: endpoint)
        #expect(error?.code == .malformedEndpoint)
        #expect(requests == 0)
    }

    @Test func `an endpoint that declares a signature and has no sign function sends nothing`() async throws {
        let error = try await ConfigurableEndpoint<Int>(authorization: .signed).refusal(of: 42)
        #expect(error.code == .malformedEndpoint)
        #expect(error.message == "authorization is signed, but the endpoint signs nothing")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a sign function that blocks its thread delays only its own request`() async throws {
        let unblocked = DispatchSemaphore(value: 0)
        let blocking = SigningEndpoint { _, _, _ in unblocked.wait() }
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(scripted: transport, policy: PollingPolicy(requestTimeout: .milliseconds(50)))
        let patient = FetchClient(scripted: transport)
        // More than the shared pool has threads, and no more than the limit on requests in flight.
        let blocked = 30
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<blocked {
                group.addTask {
                    let error = await #expect(throws: FetchError.self) { try await client.fetch(blocking, id: number) }
                    #expect(error?.code == .requestTimeout)
                }
            }
            try await group.waitForAll()
        }
        #expect(await Eventually.holds { client.statistics["example.signed"]?.unreturnedCalls == blocked })
        _ = try await patient.fetch(ConfigurableEndpoint<Int>(), id: 1)
        for _ in 0..<blocked { unblocked.signal() }
        #expect(await Eventually.holds { client.statistics["example.signed"]?.unreturnedCalls == 0 })
        #expect(transport.requests.count == 1)
    }

    @Test func `a signature that a server echoes is redacted, and short values and the host are not`() async throws {
        let endpoint = SigningEndpoint { request, _, _ in
            request.headers["X-Date"] = "20150830T123600Z"
            request.headers["Host"] = "api.example.com"
            request.headers["Authorization"] = "HMAC id=1, signature=\(Self.signature)"
        }
        let echo = #"{"host":"api.example.com","date":"20150830T123600Z","got":"\#(Self.signature)"}"#
        let state = try await FetchClient(scripted: ScriptedTransport([.json(echo)])).fetch(endpoint, id: 42)
        #expect(state == .succeeded(["host": "api.example.com", "date": "20150830T123600Z", "got": "[redacted]"]))
    }

    @Test func `neither the key nor the signature is in an error of the transport`() async {
        let endpoint = SigningEndpoint { request, key, _ in
            request.url.append(queryItems: [URLQueryItem(name: "signature", value: Self.signature)])
            request.headers["X-Key"] = key.secret
        }
        struct QuotingError: Error { let text: String }
        let step = ScriptedTransport.Step { throw QuotingError(text: "\($0.url) \($0.headers.fields.map(\.value))") }
        let (error, _) = await failure(of: endpoint, steps: [step])
        #expect(error?.code == .connectionFailed)
        #expect(error.map { Disclosure(of: $0).contains(Self.key) } == false)
        #expect(error.map { Disclosure(of: $0).contains(Self.signature) } == false)
    }
}
