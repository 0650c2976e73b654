import FetchCore
import FetchTesting
import Testing

@Suite("Polling updates") struct UpdateTests {
    @Test(
        arguments: [[ScriptedTransport.Step.done], [.jobFailed], [.pending, .done], [.pending, .pending, .jobFailed]]
            .indices
    )
    func `updates end with the terminal state, and no request follows`(index: Int) async throws {
        let script: [ScriptedTransport.Step] = [
            [.done], [.jobFailed], [.pending, .done], [.pending, .pending, .jobFailed],
        ][index]
        let harness = PollingHarness(script)
        let run = await harness.poll()
        #expect(run.error == nil)
        #expect(run.updates.map(\.state.isTerminal) == script.indices.map { $0 == script.count - 1 })
        try await harness.clock.run { try await harness.clock.sleep(for: .seconds(3_600)) }
        #expect(harness.requestTimes.count == script.count)
    }

    @Test func `next() returns nil after the end, however often it is called`() async throws {
        let harness = PollingHarness([.done])
        let rest = try await harness.clock.run {
            var iterator = harness.client.updates(JSONStateEndpoint(), id: 7).makeAsyncIterator()
            _ = try await iterator.next()
            return [try await iterator.next(), try await iterator.next()]
        }
        #expect(rest.allSatisfy { $0 == nil })
        #expect(harness.requestTimes.count == 1)
    }

    @Test func `next() returns nil after an error, and no request follows`() async throws {
        let harness = PollingHarness([.status(401), .done])
        let isOver = try await harness.clock.run {
            var iterator = harness.client.updates(JSONStateEndpoint(), id: 7).makeAsyncIterator()
            await #expect(throws: FetchError.self) { try await iterator.next() }
            return try await iterator.next() == nil
        }
        #expect(isOver)
        #expect(harness.requestTimes.count == 1)
    }

    @Test func `every response gives one update, and failed requests only count`() async throws {
        let run = await PollingHarness([.pending, .connectionLost, .status(503), .pending, .done]).poll()
        #expect(run.updates.map(\.requests) == [1, 4, 5])
    }

    @Test func `an update gives the time of the next request`() async throws {
        let harness = PollingHarness([.pending(eta: 30), .pending(retryAfter: 7), .pending, .pending, .done])
        let run = await harness.poll()
        for (update, time) in zip(run.updates, harness.requestTimes.dropFirst()) {
            #expect(update.nextRequest.map { update.elapsed + $0 } == time)
        }
        #expect(run.updates.last?.nextRequest == nil)
    }

    @Test func `the last update before the deadline has no next request`() async throws {
        let run = await PollingHarness([.pending], policy: PollingPolicy(deadline: .seconds(10))).poll()
        #expect(run.updates.last?.nextRequest == nil)
        #expect(run.updates.dropLast().allSatisfy { $0.nextRequest != nil })
    }

    @Test func `the time that a consumer takes counts towards the gap`() async throws {
        let harness = PollingHarness([
            .pending(retryAfter: 20), .pending(retryAfter: 20), .pending(retryAfter: 20), .done,
        ])
        try await harness.clock.run {
            for try await update in harness.client.updates(JSONStateEndpoint(), id: 7) where update.requests < 3 {
                try await harness.clock.sleep(for: .seconds(update.requests == 1 ? 15 : 33))
            }
        }
        #expect(harness.requestTimes == [.zero, .seconds(20), .seconds(53), .seconds(73)])
    }

    @Test func `no request is sent before the sequence is iterated`() async throws {
        let harness = PollingHarness([.done])
        let updates = harness.client.updates(JSONStateEndpoint(), id: 7)
        _ = updates.makeAsyncIterator()
        try await harness.clock.run { try await harness.clock.sleep(for: .seconds(60)) }
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `no request is sent after the loop is left`() async throws {
        let harness = PollingHarness([.pending])
        try await harness.clock.run {
            for try await update in harness.client.updates(JSONStateEndpoint(), id: 7) where update.requests == 3 {
                break
            }
            try await harness.clock.sleep(for: .seconds(3_600))
        }
        #expect(harness.requestTimes.count == 3)
    }

    @Test func `a sequence can be iterated twice, each time with a new deadline`() async throws {
        let harness = PollingHarness([.pending], policy: PollingPolicy(deadline: .seconds(30)))
        let updates = harness.client.updates(JSONStateEndpoint(), id: 7)
        let lengths = await harness.clock.run {
            var lengths: [Duration] = []
            for _ in 1...2 {
                let start = harness.clock.elapsed
                do { for try await _ in updates {} } catch {}
                lengths.append(harness.clock.elapsed - start)
            }
            return lengths
        }
        #expect(lengths.allSatisfy { $0 > .seconds(29) && $0 <= .seconds(30) })
    }

    @Test @MainActor func `a sequence can be iterated on the main actor`() async throws {
        let harness = PollingHarness([.done])
        var isDone = false
        for try await update in harness.client.updates(JSONStateEndpoint(), id: 7) { isDone = update.state.isTerminal }
        #expect(isDone)
    }

    @Test func `updates by name equal updates by type`() async throws {
        let steps: [ScriptedTransport.Step] = [.pending(eta: 9), .connectionLost, .done]
        let byType = await PollingHarness(steps).poll()
        let harness = PollingHarness(steps, registry: try EndpointRegistry(JSONStateEndpoint()))
        let job = try JobReference("test.job:7")
        let byName = try await harness.clock.run {
            try await harness.client.updates(job).reduce(into: []) { $0.append($1) }
        }
        #expect(byName.map(\.elapsed) == byType.updates.map(\.elapsed))
        #expect(byName.map(\.requests) == byType.updates.map(\.requests))
        guard case .succeeded(let output)? = byName.last?.state else { return #expect(Bool(false), "no output") }
        #expect(output as? String == "output")
    }
}
