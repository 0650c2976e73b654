import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Polling deadlines") struct DeadlineTests {
    @Test func `the deadline error carries the last progress and the last error`() async throws {
        let harness = PollingHarness([.pending(eta: 500), .status(503)], policy: PollingPolicy(deadline: .seconds(20)))
        let run = await harness.poll()
        let error = try #require(run.fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.lastProgress?.eta == .seconds(500))
        #expect(error.lastError?.code == .serverError)
        #expect(error.endpoint == "test.job")
        #expect(error.id == "7")
        #expect(error.isRetryable)
        #expect(error.description.contains("20 s"))
        #expect(error.description.contains("still pending"))
    }

    @Test func `a response about the job clears the last error`() async throws {
        let harness = PollingHarness([.status(503), .pending], policy: PollingPolicy(deadline: .seconds(20)))
        let error = try #require(await harness.poll().fetchError)
        #expect(error.lastError == nil)
        #expect(error.lastProgress != nil)
    }

    @Test func `the deadline error says that no state was received, and why`() async throws {
        let harness = PollingHarness([.connectionLost], policy: PollingPolicy(deadline: .seconds(20)))
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.lastProgress == nil)
        #expect(error.lastError?.code == .connectionFailed)
        #expect(error.description.contains("never established"))
    }

    @Test func `polling by name throws the same deadline error`() async throws {
        let harness = PollingHarness(
            [.pending],
            policy: PollingPolicy(deadline: .seconds(5)),
            registry: try EndpointRegistry(JSONStateEndpoint())
        )
        let job = try JobReference("test.job:7")
        await #expect { try await harness.clock.run { try await harness.client.result(job) } } throws: {
            guard let error = $0 as? FetchError else { return false }
            return error.code == .deadlineExceeded && error.endpoint == "test.job" && error.id == "7"
        }
    }

    @Test(arguments: [0.001, 0.01, 0.5, 1, 7, 59.9, 600, 86_400])
    func `the deadline bounds every gap, and the last request is sent just before it`(seconds: Double) async throws {
        let deadline = Duration.seconds(seconds)
        let harness = PollingHarness([.pending], policy: PollingPolicy(deadline: deadline))
        let run = await harness.poll()
        #expect(run.fetchError?.code == .deadlineExceeded)
        #expect(run.end <= deadline)
        let last = try #require(harness.requestTimes.last)
        #expect(deadline - last <= min(.milliseconds(100), deadline / 10))
    }

    @Test(arguments: [0.3, 1, 4, 20])
    func `the last request is sent early enough for its response to arrive`(latency: Double) async throws {
        let harness = PollingHarness.job(
            readyAt: .seconds(300 - 2.5 * latency),
            latency: .seconds(latency),
            policy: PollingPolicy(deadline: .seconds(300))
        )
        let run = await harness.poll()
        #expect(run.output == "output")
        #expect(run.end <= .seconds(300))
    }

    @Test func `a response faster than expected leaves time for one more request`() async throws {
        let clock = VirtualClock()
        let job = ScriptedTransport.Step.job(readyAt: .seconds(580), on: clock)
        let harness = PollingHarness([.pending.after(.seconds(25)), job], clock: clock)
        #expect(await harness.poll().output == "output")
    }

    @Test func `a request without a response near the deadline is followed by another one`() async throws {
        let clock = VirtualClock()
        let responsive =
            Array(repeating: ScriptedTransport.Step.pending(retryAfter: 60), count: 8) + [.pending(retryAfter: 30)]
        let harness = PollingHarness(responsive + [.silence, .job(readyAt: .seconds(580), on: clock)], clock: clock)
        #expect(await harness.poll().output == "output")
    }

    @Test func `the deadline ends a request`() async throws {
        let harness = PollingHarness([.pending, .silence], policy: PollingPolicy(deadline: .seconds(12)))
        let run = await harness.poll()
        #expect(run.fetchError?.code == .deadlineExceeded)
        #expect(run.fetchError?.lastError?.code == .requestTimeout)
        #expect(run.end <= .seconds(12))
    }

    @Test func `the deadline ends a chain of follow-up requests`() async throws {
        let steps = Array(repeating: ScriptedTransport.Step.followUp.after(.seconds(4)), count: 5)
        let harness = PollingHarness(steps, policy: PollingPolicy(deadline: .seconds(10)))
        let run = await harness.poll()
        #expect(run.fetchError?.code == .deadlineExceeded)
        #expect(run.end <= .seconds(10))
        #expect(harness.requestTimes == [.zero, .seconds(4), .seconds(8)])
    }

    @Test func `the deadline ends a slow credentials lookup`() async throws {
        let clock = VirtualClock()
        let credentials = Credentials.dynamic { _ in
            try await clock.sleep(for: .seconds(3_600))
            return nil
        }
        let policy = PollingPolicy(deadline: .seconds(10))
        let harness = PollingHarness([.done], clock: clock, policy: policy, credentials: credentials)
        await #expect {
            try await clock.run { try await harness.client.result(JSONStateEndpoint(authorization: .bearer), id: 7) }
        } throws: {
            ($0 as? FetchError)?.code == .deadlineExceeded
        }
        #expect(clock.elapsed <= .seconds(10))
    }

    @Test func `the deadline ends the delay that an ETA puts before the first request`() async throws {
        let harness = PollingHarness([.done])
        let submission = Submission(at: harness.clock.date, eta: .seconds(3_600))
        let policy = PollingPolicy(deadline: .seconds(30), maximumGap: .seconds(3_600))
        let run = await harness.poll(submitted: submission, policy: policy)
        #expect(run.output == "output")
        #expect(run.end < .seconds(30))
    }

    @Test func `the deadline takes precedence over a hint`() async throws {
        let harness = PollingHarness([.pending(retryAfter: 50), .done], policy: PollingPolicy(deadline: .seconds(20)))
        let run = await harness.poll()
        #expect(run.output == "output")
        #expect(run.end < .seconds(20))
    }

    @Test func `a deadline that passes while the consumer is busy ends the sequence without a request`() async throws {
        let harness = PollingHarness([.pending, .done], policy: PollingPolicy(deadline: .seconds(20)))
        await #expect {
            try await harness.clock.run {
                for try await _ in harness.client.updates(JSONStateEndpoint(), id: 7) {
                    try await harness.clock.sleep(for: .seconds(30))
                }
            }
        } throws: {
            ($0 as? FetchError)?.code == .deadlineExceeded && ($0 as? FetchError)?.lastProgress != nil
        }
        #expect(harness.requestTimes.count == 1)
    }

    @Test func `a single fetch is bounded by the request timeout, not by the deadline`() async throws {
        let harness = PollingHarness(
            [.silence],
            policy: PollingPolicy(deadline: .seconds(1), requestTimeout: .seconds(8))
        )
        await #expect {
            try await harness.clock.run { try await harness.client.fetch(JSONStateEndpoint(), id: 7) }
        } throws: {
            ($0 as? FetchError)?.code == .requestTimeout
        }
        #expect(harness.clock.elapsed == .seconds(8))
    }
}
