import FetchCore
import FetchTesting
import TestSupport
import Testing

@Suite("Completed fractions") struct JobFractionTests {
    /// An endpoint whose responses contain a fraction, or none.
    private let endpoint = ConfigurableEndpoint<Int>(
        name: "test.percent",
        authorization: .none,
        read: { response in
            let value: JSONValue = try response.json()
            if value["done"] == true { return .succeeded("output") }
            return .pending(JobProgress(etaSeconds: value["eta"]?.number, fraction: value["fraction"]?.number))
        }
    )

    private func updates(
        _ steps: [ScriptedTransport.Step],
        durations: [EndpointName: JobDurations] = [:]
    ) async throws -> [FetchUpdate<JSONValue>] {
        let clock = VirtualClock()
        let client = FetchClient(
            transport: ScriptedTransport(steps, clock: clock),
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(schedule: .fixed(.seconds(10))),
                durations: durations
            ),
            environment: FetchClient.Environment(clock: clock)
        )
        return try await clock.run {
            try await client.updates(endpoint, id: 7).reduce(into: []) { $0.append($1) }
        }
    }

    private var learned: JobDurations {
        var durations = JobDurations()
        for _ in 0..<50 { durations.learn(CompletedJob(took: .seconds(40))) }
        return durations
    }

    @Test func `an update has the provider's fraction and says so`() async throws {
        let updates = try await updates([.json(#"{"fraction": 0.4}"#), .json(#"{"done": true}"#)])
        #expect(updates.map(\.fraction) == [JobFraction(0.4, source: .provider), JobFraction(1, source: .provider)])
    }

    @Test func `without the provider's fraction an update has an estimate and says so`() async throws {
        let updates = try await updates(
            [.json("{}"), .json("{}"), .json("{}"), .json(#"{"fraction": 0.9}"#), .json(#"{"done": true}"#)],
            durations: ["test.percent": learned]
        )
        #expect(updates.map(\.fraction?.source) == [.estimate, .estimate, .estimate, .provider, .provider])
        for (update, expected) in zip(updates, [0, 0.25, 0.5]) {
            #expect(abs((update.fraction?.value ?? -1) - expected) < 0.05)
        }
        let remaining = try #require(updates[1].expectedRemaining)
        #expect(remaining.lowerBound > .seconds(25) && remaining.upperBound < .seconds(35))
        #expect(updates.last?.expectedRemaining == nil)
    }

    @Test func `an ETA gives an estimate before any job was learned, and nothing gives none`() async throws {
        let updates = try await updates([.json("{}"), .json(#"{"eta": 60}"#), .json(#"{"done": true}"#)])
        #expect(updates[0].fraction == nil && updates[0].expectedRemaining == nil)
        #expect(updates[1].fraction?.source == .estimate)
        #expect(updates[1].expectedRemaining != nil)
    }

    @Test func `an update can be created for a preview`() {
        let update = FetchUpdate<String>(state: .pending(JobProgress(fraction: 0.3)), requests: 2)
        #expect(update.fraction == JobFraction(0.3, source: .provider))
        #expect(update == FetchUpdate(state: .pending(JobProgress(fraction: 0.3)), requests: 2))
        #expect(FetchUpdate<String>(state: .failed(JobFailure())).fraction == nil)
        #expect(JobFraction(.nan, source: .estimate).value == 0 && JobFraction(7, source: .estimate).value == 1)
    }
}
