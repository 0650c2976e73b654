import FetchCore
import FetchTesting
import Foundation
import Testing

/// Regression tests for bugs found in other polling clients. The number of a test is that of the bug.
@Suite("Polling bugs known from other clients") struct KnownPollingBugsTests {
    static let schedules: [any PollingSchedule] = [
        .leastCost, .leastCost(secondsPerRequest: 60), .fixed(.seconds(1)), .fixed(.seconds(7)),
        .fixed(.seconds(3_600)),
        .exponential(first: .seconds(1)), .exponential(first: .seconds(2), factor: 10),
    ]

    @Test(arguments: schedules.indices)
    func `1. every schedule finds a job that is done within the deadline`(index: Int) async throws {
        for duration in [0.0, 1, 100, 151, 239, 250, 280, 299, 299.8] {
            for latency in [0.0, 0.05, 2] where duration + 2.5 * latency < 300 {
                let policy = PollingPolicy(
                    deadline: .seconds(300),
                    maximumGap: .seconds(600),
                    schedule: Self.schedules[index]
                )
                let harness = PollingHarness.job(
                    readyAt: .seconds(duration),
                    latency: .seconds(latency),
                    policy: policy
                )
                let run = await harness.poll()
                #expect(run.output == "output", "\(Self.schedules[index]), done at \(duration), latency \(latency)")
                #expect(run.end <= .seconds(300))
            }
        }
    }

    @Test func `1. one request without a response does not use up the rest of the deadline`() async throws {
        let clock = VirtualClock()
        let harness = PollingHarness([.silence, .job(readyAt: .seconds(595), on: clock)], clock: clock)
        #expect(await harness.poll().output == "output")
    }

    @Test func `2. a minimum gap above the maximum gap neither traps nor polls in a busy loop`() async throws {
        let policy = PollingPolicy(minimumGap: .seconds(20), maximumGap: .seconds(5))
        let harness = PollingHarness.job(readyAt: .seconds(50), policy: policy)
        #expect(await harness.poll().output == "output")
        #expect(harness.requestTimes == [.zero, .seconds(20), .seconds(40), .seconds(60)])
    }

    @Test func `3. the deadline ends polling even if all requests succeed`() async throws {
        let harness = PollingHarness([.pending], policy: PollingPolicy(deadline: .seconds(180)))
        let run = await harness.poll()
        #expect(run.fetchError?.code == .deadlineExceeded)
        #expect(run.end > .seconds(179) && run.end <= .seconds(180))
    }

    @Test func `3. the deadline ends polling if no request receives a response`() async throws {
        let harness = PollingHarness([.silence], policy: PollingPolicy(deadline: .seconds(45)))
        let run = await harness.poll()
        #expect(run.fetchError?.code == .deadlineExceeded)
        #expect(run.end <= .seconds(45))
    }

    @Test func `4. an exceeded deadline is neither a cancellation nor a server error`() async throws {
        let run = await PollingHarness([.pending], policy: PollingPolicy(deadline: .seconds(10))).poll()
        #expect(!(run.error is CancellationError))
        let error = try #require(run.fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.httpStatus == nil)
        #expect(error.lastError == nil)
    }

    @Test func `5. an unknown status counts as pending until the deadline`() async throws {
        let harness = PollingHarness(
            [.json(#"{"state":"quantum_sorting"}"#)],
            policy: PollingPolicy(deadline: .seconds(60))
        )
        let run = await harness.poll()
        #expect(run.fetchError?.code == .deadlineExceeded)
        #expect(run.updates.count == harness.requestTimes.count)
    }

    @Test func `6. a failed job is not polled again`() async throws {
        let harness = PollingHarness([.pending, .jobFailed])
        let run = await harness.poll()
        #expect(run.updates.last?.state.isTerminal == true)
        #expect(run.error == nil)
        #expect(harness.requestTimes.count == 2)
    }

    @Test(arguments: [400, 401, 402, 403, 422])
    func `6. a permanent error is not retried`(status: Int) async throws {
        let harness = PollingHarness([.status(status)])
        #expect(await harness.poll().fetchError?.httpStatus == status)
        #expect(harness.requestTimes == [.zero])
    }

    @Test func `7. one lost connection does not end twenty minutes of polling`() async throws {
        let clock = VirtualClock()
        let job = ScriptedTransport.Step.job(readyAt: .seconds(1_200), on: clock)
        let steps = Array(repeating: job, count: 10) + [.connectionLost, job]
        let harness = PollingHarness(steps, clock: clock, policy: PollingPolicy(deadline: .seconds(1_800)))
        #expect(await harness.poll().output == "output")
    }

    @Test func `8. the hint of every response applies, not only that of the first`() async throws {
        let harness = PollingHarness([
            .pending(retryAfter: 3), .pending(retryAfter: 11), .pending(retryAfter: 5), .done,
        ])
        _ = await harness.poll()
        #expect(harness.gaps == [.seconds(3), .seconds(11), .seconds(5)])
    }

    @Test(arguments: ["30", "Tue, 14 Nov 2023 22:13:50 GMT"])
    func `8. Retry-After is followed, in seconds and as a date`(hint: String) async throws {
        let harness = PollingHarness([.status(429, headers: ["Retry-After": hint]), .done])
        #expect(await harness.poll().output == "output")
        #expect(harness.gaps == [.seconds(30)])
    }

    @Test func `9. cancellation ends a long gap at once and sends nothing afterwards`() async throws {
        let harness = PollingHarness([.pending(retryAfter: 50)])
        let (result, end) = await harness.cancelling(after: .seconds(10)) {
            try await harness.client.result(JSONStateEndpoint(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(10))
        try await harness.clock.run { try await harness.clock.sleep(for: .seconds(600)) }
        #expect(harness.requestTimes == [.zero])
    }

    @Test func `10. cancelling one of two subscribers to a job does not end the other`() async throws {
        let harness = PollingHarness.job(readyAt: .seconds(30))
        let output = await harness.clock.run {
            async let remaining = harness.client.result(JSONStateEndpoint(), id: 7)
            await withTaskGroup { group in
                group.addTask { _ = try? await harness.client.result(JSONStateEndpoint(), id: 7) }
                try? await harness.clock.sleep(for: .seconds(5))
                group.cancelAll()
            }
            return try? await remaining
        }
        #expect(output == "output")
    }

    @Test func `12. a state is delivered before the gap that follows it`() async throws {
        let harness = PollingHarness([.pending(retryAfter: 40), .done])
        let run = await harness.poll()
        #expect(run.updates.map(\.elapsed) == [.zero, .seconds(40)])
        let firstSeen = try await harness.clock.run {
            let start = harness.clock.elapsed
            for try await _ in harness.client.updates(JSONStateEndpoint(), id: 7) { break }
            return harness.clock.elapsed - start
        }
        #expect(firstSeen == .zero)
    }

    @Test func `11. a slow job does not block the jobs behind it`() async throws {
        let clock = VirtualClock()
        let step = ScriptedTransport.Step { request in
            let isSlow = request.url.lastPathComponent == "1"
            return try await ScriptedTransport.Step.job(readyAt: .seconds(isSlow ? 500 : 5), on: clock).play(request)
        }
        let harness = PollingHarness([step], clock: clock)
        let ends = await clock.run {
            await withTaskGroup { group in
                for id in 1...20 {
                    group.addTask {
                        _ = try? await harness.client.result(JSONStateEndpoint(), id: id)
                        return (id: id, end: clock.elapsed)
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.id] = $1.end }
            }
        }
        #expect(ends.count == 20)
        #expect(ends.allSatisfy { $0.key == 1 ? $0.value >= .seconds(500) : $0.value < .seconds(12) })
    }

    @Test func `13. a sequence of updates can be sent to another task, and a stored job reference holds no key`()
        async throws
    {
        let key = "sk-canary-0123456789"
        let harness = PollingHarness([.pending, .done], credentials: .fixed(["test": APIKey(key)]))
        let endpoint = JSONStateEndpoint(authorization: .bearer)
        let updates = harness.client.updates(endpoint, id: 7)
        let count = try await harness.clock.run {
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await updates.reduce(0) { count, _ in count + 1 } }
                return try await group.reduce(0, +)
            }
        }
        #expect(count == 2)
        let stored = try JSONEncoder().encode(JobReference(endpoint: endpoint.name, id: "7"))
        #expect(String(decoding: stored, as: UTF8.self) == #""test.job:7""#)
    }

    @Test func `14. large and negative IDs are sent as integers`() async throws {
        let harness = PollingHarness([.done])
        try await harness.clock.run {
            for id in [150_213_584, Int.max, Int.min] {
                _ = try await harness.client.fetch(JSONStateEndpoint(), id: id)
            }
        }
        let segments = harness.requestURLs.map(\.lastPathComponent)
        #expect(segments == ["150213584", "9223372036854775807", "-9223372036854775808"])
    }

    @Test(arguments: [200, 404, 500, 502])
    func `15. an HTML page is never a result`(status: Int) async throws {
        let page = FetchResponse(
            status: status,
            headers: ["Content-Type": "text/html"],
            body: Data("<html><h1>done</h1></html>".utf8)
        )
        let harness = PollingHarness(
            [.response(page)],
            policy: PollingPolicy(deadline: .seconds(60), toleratedErrors: 2)
        )
        let run = await harness.poll()
        #expect(run.updates.isEmpty)
        let error = try #require(run.fetchError)
        #expect(error.message.contains("<html>") || error.lastError?.message.contains("<html>") == true)
    }
}
