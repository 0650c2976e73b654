import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import TestSupport
import Testing

@Suite("Polling until the end") struct PollingTests {
    private let clock = VirtualClock()

    @Test func `a job that is unknown at first is polled until it succeeds`() async throws {
        let transport = try script([
            "failed-request-not-found", "failed-request-not-found", "processing-bare", "processing-realtime",
            "success-picture",
        ])
        let client = client(transport)
        let picture = try await clock.run { try await client.result(Interior(), id: 67_545) }
        #expect(picture.outputs == [URL(string: "https://pub-example.r2.dev/generations/lighthouse-0.png")])
        #expect(transport.requests.count == 5)
        #expect(clock.elapsed < .seconds(60))
    }

    @Test func `updates yields each state once and omits transient errors`() async throws {
        let transport = try script([
            "failed-request-not-found", "processing", "rate-limited", "processing-bare", "success-picture",
        ])
        let client = client(transport)
        let received = try await clock.run {
            var received: [String] = []
            for try await update in client.updates(Interior(), id: 67_545) {
                switch update.state {
                case .pending(let progress): received.append("\(update.requests): \(progress.message ?? "")")
                case .succeeded(let picture): received.append("\(update.requests): \(picture.outputs.count)")
                case .failed(let failure): received.append("\(update.requests): \(failure)")
                }
            }
            return received
        }
        #expect(received == ["2: The picture is being made.", "4: Try Again", "5: 1"])
    }

    @Test func `the retry hint of a rate limit error determines the next request`() async throws {
        let client = client(try script(["rate-limited", "success-picture"]))
        _ = try await clock.run { try await client.result(Interior(), id: 67_545) }
        #expect(clock.elapsed == .seconds(30))
    }

    @Test func `a job that is temporarily unknown is polled again`() async throws {
        let transport = try script(["processing-bare", "failed-request-not-found", "success-picture"])
        let client = client(transport)
        _ = try await clock.run { try await client.result(Interior(), id: 67_545) }
        #expect(transport.requests.count == 3)
    }

    @Test func `an unknown job is an error after the grace period`() async throws {
        let client = client(try script(["failed-request-not-found"]))
        let error = try #require(
            await #expect(throws: FetchError.self) {
                try await clock.run { try await client.result(Interior(), id: 67_545) }
            }
        )
        #expect(error.code == .jobNotFound)
        #expect(error.message.contains("Request not found"))
        #expect((.seconds(90) ..< .seconds(180)).contains(clock.elapsed))
    }

    @Test func `an unknown job older than the grace period is an error at once`() async throws {
        let transport = try script(["failed-request-not-found"])
        let client = client(transport)
        let submitted = Submission(at: clock.date.addingTimeInterval(-600))
        let error = try #require(
            await #expect(throws: FetchError.self) {
                try await clock.run {
                    try await client.result(Interior(), id: 67_545, submitted: submitted)
                }
            }
        )
        #expect(error.code == .jobNotFound)
        #expect(transport.requests.count == 1)
    }

    @Test func `a gateway's error page is a transient error`() async throws {
        let page = FetchResponse(status: 502, body: Data("<html>Bad gateway</html>".utf8))
        let transport = try ScriptedTransport([
            .json(fixture("processing-bare", in: .module)), .response(page), .json("{\"status\":\"suc"), .json(""),
            .json(fixture("success-voice", in: .module)),
        ])
        let client = client(transport)
        let voice = try await clock.run { try await client.result(Interior(), id: 9_917) }
        #expect(voice.source == .links)
        #expect(transport.requests.count == 5)
    }

    @Test func `no request follows a failed job`() async throws {
        let transport = try script(["processing", "failed", "success-picture"])
        let client = client(transport)
        let error = try #require(
            await #expect(throws: FetchError.self) {
                try await clock.run { try await client.result(Interior(), id: 67_545) }
            }
        )
        #expect(error.code == .jobFailed)
        #expect(error.failure?.message == "The model could not be run.")
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: ["error-with-code", "error-by-parameter"])
    func `no request follows a refused account`(name: String) async throws {
        let transport = try script(["processing", name, "success-picture"])
        let client = client(transport)
        await #expect(throws: FetchError.self) {
            try await clock.run { try await client.result(Interior(), id: 67_545) }
        }
        #expect(transport.requests.count == 2)
    }

    private func script(_ names: [String]) throws -> ScriptedTransport {
        try ScriptedTransport(names.map { .json(try fixture($0, in: .module)) })
    }

    private func client(_ transport: ScriptedTransport) -> FetchClient {
        FetchClient(
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
    }
}
