import FetchCore
import FetchHummingbird
import FetchTesting
import FetchWebhooks
import Foundation
import Testing

@Suite("Messages that wake a job") struct WakeTests {
    private let scenario: WakeScenario

    init() throws { scenario = try WakeScenario() }

    @Test func `without a message, the schedule finds the end`() async throws {
        #expect(try await scenario.waiting { _ in } == .seconds(60))
        #expect(scenario.transport.requests.count == 2)
    }

    @Test func `a genuine message has the job polled at once`() async throws {
        let scenario = scenario
        let end = try await scenario.waiting { receiver in
            let message = TestSender.genuine.message("m1", at: scenario.clock.date)
            let job = try JobReference("example.clip:1")
            let result = try await receiver.receive(message, from: scenario.source)
            #expect(result == .woken(job))
        }
        #expect(end == .seconds(10))
        #expect(scenario.transport.requests.count == 2)
    }

    @Test func `forged, changed and expired messages cause no request`() async throws {
        let scenario = scenario
        let end = try await scenario.waiting { receiver in
            let date = scenario.clock.date
            var changed = TestSender.genuine.message("m2", #"{"id":"2"}"#, at: date)
            changed.body = Data(#"{"id":"1"}"#.utf8)
            for (request, code) in [
                (TestSender.forger.message("m1", at: date), WebhookError.Code.wrongSignature),
                (changed, .wrongSignature),
                (TestSender.genuine.message("m3", at: date.addingTimeInterval(-400)), .outsideTolerance),
                (WebhookRequest(headers: [:], body: changed.body), .missingHeader),
            ] {
                guard case .refused(let error) = try await receiver.receive(request, from: scenario.source) else {
                    Issue.record("\(code) was expected")
                    continue
                }
                #expect(error.code == code)
            }
            #expect(receiver.statistics.refused == [.wrongSignature: 2, .outsideTolerance: 1, .missingHeader: 1])
            #expect(receiver.statistics.woken == 0)
        }
        #expect(end == .seconds(60))
        #expect(scenario.transport.requests.count == 2)
    }

    @Test func `a replay causes no request, and a new message one more`() async throws {
        let scenario = try WakeScenario(doneAfter: .seconds(30))
        let end = try await scenario.waiting { receiver in
            let message = TestSender.genuine.message("m1", at: scenario.clock.date)
            for _ in 0..<5 {
                _ = try await receiver.receive(message, from: scenario.source)
                try await scenario.clock.sleep(for: .seconds(2))
            }
            #expect(scenario.transport.requests.count == 2)
            #expect(receiver.statistics.replayed == 4)
            let other = TestSender.genuine.message("m2", at: scenario.clock.date)
            let job = try JobReference("example.clip:1")
            let result = try await receiver.receive(other, from: scenario.source)
            #expect(result == .woken(job))
        }
        // The next request after the last one, at 20 seconds.
        #expect(end == .seconds(80))
        #expect(scenario.transport.requests.count == 4)
    }

    @Test func `the state in a body isn't believed`() async throws {
        let scenario = try WakeScenario(doneAfter: .seconds(30))
        let end = try await scenario.waiting { receiver in
            let body = #"{"id":"1","status":"succeeded","output":"https://evil.example/a.mp4"}"#
            _ = try await receiver.receive(
                TestSender.genuine.message("m1", body, at: scenario.clock.date),
                from: scenario.source
            )
        }
        // The poll at ten seconds found the job pending.
        #expect(end == .seconds(70))
        #expect(scenario.transport.requests.count == 3)
    }

    @Test func `many messages at once cost two requests at most`() async throws {
        let scenario = try WakeScenario(doneAfter: .seconds(30))
        _ = try await scenario.waiting { receiver in
            for number in 0..<500 {
                let message = TestSender.genuine.message("m\(number)", at: scenario.clock.date)
                _ = try await receiver.receive(message, from: scenario.source)
            }
            #expect(receiver.statistics.woken == 500)
        }
        // At 0, 10 and 11 seconds, since messages came during the second request, and at the next time of the schedule.
        #expect((3...4).contains(scenario.transport.requests.count))
    }

    @Test func `a stream of messages causes a request in each shortest gap at most`() async throws {
        let scenario = try WakeScenario(doneAfter: .seconds(30))
        _ = try await scenario.waiting { receiver in
            for number in 0..<500 {
                let message = TestSender.genuine.message("m\(number)", at: scenario.clock.date)
                _ = try await receiver.receive(message, from: scenario.source)
                try await scenario.clock.sleep(for: .milliseconds(10))
            }
            // At 0 and 10 seconds, and after each of the five seconds.
            #expect((3...7).contains(scenario.transport.requests.count))
        }
    }

    @Test func `messages about unknown jobs and about none cause no request`() async throws {
        let scenario = scenario
        let end = try await scenario.waiting { receiver in
            let date = scenario.clock.date
            let unknown = TestSender.genuine.message("m1", #"{"id":"999"}"#, at: date)
            let job = try JobReference("example.clip:999")
            let result = try await receiver.receive(unknown, from: scenario.source)
            #expect(result == .woken(job))
            let none = TestSender.genuine.message("m2", #"{"type":"ping"}"#, at: date)
            #expect(try await receiver.receive(none, from: scenario.source) == .withoutJob)
        }
        #expect(end == .seconds(60))
        #expect(scenario.transport.requests.count == 2)
    }

    @Test func `a message is forgotten after ten minutes, or before if there are too many`() async throws {
        let scenario = scenario
        var configuration = scenario.configuration
        configuration.maximumReplays = 3
        let date = scenario.clock.date
        // Its messages are valid for an hour.
        let source = WebhookSource(
            "example",
            scheme: try StandardWebhooks(
                secrets: ["whsec_" + TestSender.genuine.key.base64EncodedString()],
                tolerance: .seconds(3_600)
            ),
            locator: try JobLocator(endpoint: "example.clip", id: "/id")
        )
        let receiver = WebhookReceiver(client: scenario.client, configuration: configuration)
        func isReplay(_ id: String) async throws -> Bool {
            try await receiver.receive(TestSender.genuine.message(id, at: date), from: source) == .replayed
        }
        #expect(try await !isReplay("a"))
        try await scenario.clock.run { try await scenario.clock.sleep(for: .seconds(599)) }
        #expect(try await isReplay("a"))
        try await scenario.clock.run { try await scenario.clock.sleep(for: .seconds(1)) }
        #expect(try await !isReplay("a"))
        for id in ["b", "c"] { #expect(try await !isReplay(id)) }
        #expect(try await isReplay("a"))
        // The fourth one has the first one forgotten.
        #expect(try await !isReplay("d"))
        #expect(try await isReplay("b"))
        #expect(try await !isReplay("a"))
    }

    @Test func `the same id of another source or tenant is another message`() async throws {
        let scenario = scenario
        let receiver = WebhookReceiver(client: scenario.client, configuration: scenario.configuration)
        let message = TestSender.genuine.message("m1", at: scenario.clock.date)
        let other = WebhookSource("other", scheme: scenario.source.scheme, locator: scenario.source.locator)
        let job = try JobReference("example.clip:1")
        #expect(try await receiver.receive(message, from: scenario.source) == .woken(job))
        #expect(try await receiver.receive(message, from: other) == .woken(job))
        #expect(try await receiver.receive(message, from: scenario.source, tenant: "a") == .woken(job))
        #expect(try await receiver.receive(message, from: other) == .replayed)
    }
}
