import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of the request timeout, the longest gap and the deadline that an endpoint states for its jobs.
@Suite("Times that an endpoint states") struct EndpointTimingTests {
    private let clock = VirtualClock()

    @Test func `a long poll isn't given up before the endpoint's request timeout`() async throws {
        let transport = longPolls(of: .seconds(60), until: .seconds(150))
        let endpoint = endpoint(requestTimeout: .seconds(75))
        let (update, errors) = try await poll(endpoint, transport, schedule: .fixed(.seconds(1)))
        #expect(errors == 0)
        #expect(update.requests == 3)
        #expect(update.elapsed == .seconds(150))
    }

    @Test func `a long poll finds a job that ends shortly before the deadline`() async throws {
        let transport = longPolls(of: .seconds(60), until: .seconds(599))
        let endpoint = endpoint(requestTimeout: .seconds(75))
        let (update, errors) = try await poll(endpoint, transport, schedule: .fixed(.seconds(1)))
        #expect(errors == 0)
        #expect(update.elapsed == .seconds(599))
    }

    @Test func `without a stated timeout, a request is given up after 30 seconds`() async throws {
        let transport = longPolls(of: .seconds(60), until: .seconds(10_000))
        let policy = PollingPolicy(toleratedErrors: 0)
        let error = await #expect(throws: FetchError.self) {
            try await self.poll(self.endpoint(), transport, policy: policy)
        }
        #expect(error?.code == .requestTimeout)
        #expect(clock.elapsed == .seconds(30))
    }

    @Test func `a job is waited for until the endpoint's deadline, at the endpoint's longest gap`() async throws {
        let endpoint = endpoint(maximumGap: .seconds(900), deadline: .seconds(6 * 3_600))
        let transport = ScriptedTransport([.job(readyAt: .seconds(5 * 3_600), on: clock)], clock: clock)
        let (update, _) = try await poll(endpoint, transport, schedule: .fixed(.seconds(3_600)))
        #expect(update.elapsed == .seconds(5 * 3_600))
        #expect(update.requests == 1 + 5 * 4, "one at once, and then every 900 seconds")
    }

    @Test func `a policy takes precedence over the endpoint`() async throws {
        let endpoint = endpoint(maximumGap: .seconds(900), requestTimeout: .seconds(75), deadline: .seconds(6 * 3_600))
        let policy = PollingPolicy(deadline: .seconds(60), requestTimeout: .seconds(5), maximumGap: .seconds(10))
        let error = await #expect(throws: FetchError.self) {
            try await self.poll(endpoint, ScriptedTransport([.pending], clock: self.clock), policy: policy)
        }
        #expect(error?.code == .deadlineExceeded)
        #expect(clock.elapsed <= .seconds(60))
    }

    @Test func `the policy of an endpoint applies to its jobs alone, by type and by name`() async throws {
        let (slow, quick) = (endpoint("test.slow"), endpoint("test.quick"))
        let client = client(
            ScriptedTransport([.pending], clock: clock),
            registry: try EndpointRegistry(slow, quick),
            FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(20)),
                policies: ["test.slow": PollingPolicy(deadline: .seconds(200)), "test.absent": PollingPolicy()]
            )
        )
        let lengths = await clock.run { [clock] in
            var lengths: [Duration] = []
            for job in [slow, quick] {
                let start = clock.elapsed
                _ = try? await client.result(job, id: 7)
                lengths.append(clock.elapsed - start)
            }
            for name in ["test.slow:8", "test.quick:8"] {
                let start = clock.elapsed
                _ = try? await client.result(JobReference(name))
                lengths.append(clock.elapsed - start)
            }
            return lengths
        }
        #expect(lengths.map { $0 > .seconds(180) } == [true, false, true, false], "\(lengths)")
        #expect(lengths.map { $0 <= .seconds(20) } == [false, true, false, true], "\(lengths)")
    }

    private func endpoint(
        _ name: EndpointName = "example.jobs",
        maximumGap: Duration? = nil,
        requestTimeout: Duration? = nil,
        deadline: Duration? = nil
    ) -> ConfigurableEndpoint<Int> {
        ConfigurableEndpoint(
            name: name,
            maximumGap: maximumGap,
            requestTimeout: requestTimeout,
            deadline: deadline,
            authorization: .none,
            read: { try JSONStateEndpoint().answer(to: 7, from: $0).map { .string($0) } }
        )
    }

    /// Returns a server that holds each request for a time, or until its job is done.
    private func longPolls(of hold: Duration, until end: Duration) -> ScriptedTransport {
        let step = ScriptedTransport.Step { [clock] request in
            try await clock.sleep(for: min(hold, max(end - clock.elapsed, .zero)))
            return try await (clock.elapsed >= end ? ScriptedTransport.Step.done : .pending).play(request)
        }
        return ScriptedTransport([step], clock: clock)
    }

    private func client(
        _ transport: ScriptedTransport,
        registry: EndpointRegistry = EndpointRegistry(),
        _ configuration: FetchClient.Configuration
    ) -> FetchClient {
        FetchClient(
            registry: registry,
            transport: transport,
            credentials: .none,
            configuration: configuration,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
    }

    /// Polls a job to the end, and returns the last update and the number of failed requests.
    private func poll(
        _ endpoint: ConfigurableEndpoint<Int>,
        _ transport: ScriptedTransport,
        policy: PollingPolicy? = nil,
        schedule: (any PollingSchedule)? = nil
    ) async throws -> (FetchUpdate<JSONValue>, failures: Int) {
        var configuration = FetchClient.Configuration(policy: policy ?? PollingPolicy())
        if let schedule { configuration.policy.schedule = schedule }
        let client = client(transport, configuration)
        let last = try await clock.run {
            var last: FetchUpdate<JSONValue>?
            for try await update in client.updates(endpoint, id: 7) { last = update }
            return last
        }
        return (try #require(last), client.statistics[endpoint.name]?.failures ?? 0)
    }
}
