import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import Testing

@Suite struct `Whole polls, as ModelsLab answers them` {
    private let clock = VirtualClock()

    @Test func `a job that isn't found at first and then says little is waited for`() async throws {
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

    @Test func `each state is handed out once, errors in between are not`() async throws {
        let transport = try script([
            "failed-request-not-found", "processing", "rate-limited", "processing-bare", "success-picture",
        ])
        let client = client(transport)
        let heard = try await clock.run {
            var heard: [String] = []
            for try await update in client.updates(Interior(), id: 67_545) {
                switch update.state {
                case .pending(let progress): heard.append("\(update.requests): \(progress.message ?? "")")
                case .succeeded(let picture): heard.append("\(update.requests): \(picture.outputs.count)")
                case .failed(let failure): heard.append("\(update.requests): \(failure)")
                }
            }
            return heard
        }
        #expect(heard == ["2: The picture is being made.", "4: Try Again", "5: 1"])
    }

    @Test func `a rate limit's own words say when to ask again`() async throws {
        let client = client(try script(["rate-limited", "success-picture"]))
        _ = try await clock.run { try await client.result(Interior(), id: 67_545) }
        #expect(clock.elapsed == .seconds(30))
    }

    @Test func `a job that is lost for a moment is found again`() async throws {
        let transport = try script(["processing-bare", "failed-request-not-found", "success-picture"])
        let client = client(transport)
        _ = try await clock.run { try await client.result(Interior(), id: 67_545) }
        #expect(transport.requests.count == 3)
    }

    @Test func `a job that is never found is given up when the grace is over`() async throws {
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

    @Test func `an old job that isn't found is given up at once`() async throws {
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

    @Test func `a gateway's error page in the middle is survived`() async throws {
        let page = FetchResponse(status: 502, body: Data("<html>Bad gateway</html>".utf8))
        let transport = try ScriptedTransport([
            .json(fixture("processing-bare")), .response(page), .json("{\"status\":\"suc"), .json(""),
            .json(fixture("success-voice")),
        ])
        let client = client(transport)
        let voice = try await clock.run { try await client.result(Interior(), id: 9_917) }
        #expect(voice.source == .links)
        #expect(transport.requests.count == 5)
    }

    @Test func `a failed job is asked about no more`() async throws {
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
    func `an account that is refused is asked about no more`(name: String) async throws {
        let transport = try script(["processing", name, "success-picture"])
        let client = client(transport)
        await #expect(throws: FetchError.self) {
            try await clock.run { try await client.result(Interior(), id: 67_545) }
        }
        #expect(transport.requests.count == 2)
    }

    private func script(_ names: [String]) throws -> ScriptedTransport {
        try ScriptedTransport(names.map { .json(try fixture($0)) })
    }

    private func client(_ transport: ScriptedTransport) -> FetchClient {
        FetchClient(
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            clock: clock,
            wallClock: clock.wallClock,
            random: { 0.5 }
        )
    }
}
