import FetchCore
import FetchHummingbird
import FetchTesting
import FetchWebhooks
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import InMemoryLogging
import Logging
import NIOCore
import Testing

@Suite("The route") struct RouteTests {
    private let scenario: WakeScenario
    private let receiver: WebhookReceiver
    private let log = InMemoryLogHandler()

    init() throws {
        scenario = try WakeScenario()
        receiver = WebhookReceiver(client: scenario.client, configuration: scenario.configuration)
    }

    /// Sends requests to the route and returns the statuses of the responses.
    private func statuses(
        _ source: WebhookSource? = nil,
        path: RouterPath = "webhooks/example",
        _ requests: [(uri: String, request: WebhookRequest)]
    ) async throws -> [Int] {
        let router = Router().webhook(path, from: source ?? scenario.source, to: receiver)
        var logger = Logger(label: "test") { [log] _ in log }
        logger.logLevel = .trace
        return try await Application(router: router, logger: logger).test(.router) { client in
            var statuses: [Int] = []
            for (uri, request) in requests {
                let response = try await client.execute(
                    uri: uri,
                    method: .post,
                    headers: request.httpFields,
                    body: ByteBuffer(bytes: request.body)
                )
                #expect(response.body.readableBytes == 0)
                statuses.append(response.status.code)
            }
            return statuses
        }
    }

    private func statuses(_ requests: [WebhookRequest]) async throws -> [Int] {
        try await statuses(nil, requests.map { (uri: "/webhooks/example", request: $0) })
    }

    @Test func `genuine messages get 204, also replays and those about unknown jobs or none`() async throws {
        let date = scenario.clock.date
        let genuine = TestSender.genuine
        let messages = [
            genuine.message("m1", at: date), genuine.message("m1", at: date),
            genuine.message("m2", #"{"id":"unknown"}"#, at: date), genuine.message("m3", "not JSON", at: date),
            genuine.message("m4", "", at: date), genuine.message("m5", #"{"id":"東京","x":"é"}"#, at: date),
        ]
        #expect(try await statuses(messages) == Array(repeating: 204, count: 6))
        let statistics = receiver.statistics
        #expect(statistics.woken == 3 && statistics.replayed == 1 && statistics.withoutJob == 2)
        #expect(statistics.refused.isEmpty)
    }

    @Test func `forged, expired and unsigned messages get 401, and malformed ones 400`() async throws {
        let date = scenario.clock.date
        var malformed = TestSender.genuine.message("m1", at: date)
        malformed.headers["webhook-timestamp"] = "yesterday"
        var twice = TestSender.genuine.message("m1", at: date)
        twice.headers.append(name: "webhook-id", value: "m2")
        let messages = [
            TestSender.forger.message("m1", at: date),
            TestSender.genuine.message("m1", at: date.addingTimeInterval(301)),
            WebhookRequest(headers: [:], body: Data(#"{"id":"1"}"#.utf8)), malformed, twice,
        ]
        #expect(try await statuses(messages) == [401, 401, 401, 400, 400])
        #expect(receiver.statistics.woken == 0)
        // A forged message doesn't use up the id of a genuine one.
        #expect(try await statuses([TestSender.genuine.message("m1", at: date)]) == [204])
        #expect(receiver.statistics.woken == 1)
    }

    @Test func `a body of one mebibyte is accepted, and a byte more gets 413`() async throws {
        func message(_ size: Int) -> WebhookRequest {
            let body = #"{"id":"1","x":""# + String(repeating: "x", count: size - 17) + "\"}"
            return TestSender.genuine.message("m1", body, at: scenario.clock.date)
        }
        #expect(message(1 << 20).body.count == 1 << 20)
        #expect(try await statuses([message(1 << 20), message(1 << 20 + 1)]) == [204, 413])
        #expect(receiver.statistics.tooLarge == 1)
    }

    @Test func `a message that can't be verified for the moment gets 503`() async throws {
        let failure = ScriptedTransport.Step.failure(FetchError(.connectionFailed, "no route"))
        let source = WebhookSource(
            "fal",
            scheme: try FalWebhooks(transport: ScriptedTransport([failure])),
            locator: try JobLocator(endpoint: "example.clip", id: "/request_id")
        )
        let request = WebhookRequest(
            headers: [
                "X-Fal-Webhook-Request-Id": "a", "X-Fal-Webhook-User-Id": "b",
                "X-Fal-Webhook-Timestamp": String(Int(scenario.clock.date.timeIntervalSince1970)),
                "X-Fal-Webhook-Signature": String(repeating: "00", count: 64),
            ],
            body: Data()
        )
        #expect(try await statuses(source, [("/webhooks/example", request)]) == [503])
        #expect(receiver.statistics.refused == [.unavailableKeys: 1])
    }

    @Test func `a secret can be a segment of the path, and the endpoint another one`() async throws {
        let secret = SecretPath.makeSecret()
        let source = WebhookSource(
            "modelslab",
            scheme: try SecretPath(secret),
            locator: try JobLocator(endpointInPath: ["example.clip"], id: "/id")
        )
        let request = WebhookRequest(headers: [:], body: Data(#"{"id":7,"status":"success"}"#.utf8))
        let paths = [
            "\(secret)/example.clip", "\(secret)/example.other", "guess/example.clip", "\(secret)x/example.clip",
        ]
        let statuses = try await statuses(
            source,
            path: "webhooks/modelslab/:secret/:endpoint",
            paths.map { (uri: "/webhooks/modelslab/\($0)?a=b", request: request) }
        )
        #expect(statuses == [204, 204, 401, 401])
        #expect(receiver.statistics.woken == 1 && receiver.statistics.withoutJob == 1)
    }

    @Test func `only POST is a message`() async throws {
        let router = Router().webhook("webhooks/example", from: scenario.source, to: receiver)
        try await Application(router: router).test(.router) { client in
            for method in [HTTPRequest.Method.get, .put, .head] {
                let response = try await client.execute(uri: "/webhooks/example", method: method)
                #expect([404, 405].contains(response.status.code))
            }
        }
    }

    @Test func `the log contains the reason of a refusal, and no part of a message`() async throws {
        let body = #"{"id":"1","note":"private-note"}"#
        let forged = TestSender.forger.message("private-id", body, at: scenario.clock.date)
        let genuine = TestSender.genuine.message("private-id", body, at: scenario.clock.date)
        #expect(try await statuses([forged, genuine]) == [401, 204])
        let lines = log.entries.map { "\($0.message) \($0.metadata)" }
        #expect(lines.contains { $0.contains("example") && $0.contains("wrong_signature") })
        for line in lines { #expect(!line.contains("private") && !line.contains("v1,")) }
    }
}
