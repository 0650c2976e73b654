import FetchCore
import FetchTesting
import TestSupport
import Testing

@Suite("One job with 2,000 subscribers") struct SharedJobTests {
    private static let count = 2_000
    /// A job that is done after 35 seconds and polled every ten.
    private static let times: [Duration] = [.zero, .seconds(10), .seconds(20), .seconds(30), .seconds(40)]

    @Test func `each subscriber receives each state, and the number of requests is that of one`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let received = try await harness.clock.run {
            try await withThrowingTaskGroup(of: [Duration].self) { group in
                for _ in 0..<Self.count {
                    group.addTask {
                        var times: [Duration] = []
                        for try await update in client.updates(TextStateEndpoint(), id: "35") {
                            times.append(harness.clock.elapsed)
                            if case .succeeded(let output) = update.state { #expect(output == "output 35") }
                        }
                        return times
                    }
                }
                return try await group.reduce(into: [[Duration]]()) { $0.append($1) }
            }
        }
        #expect(received.count == Self.count)
        #expect(received.allSatisfy { $0 == Self.times })
        #expect(harness.times(of: "35") == Self.times)
        #expect(client.schedulerInvariants == SchedulerInvariants(endpoints: 1))
    }

    @Test func `subscribers that leave take no state from the others`() async throws {
        let harness = SchedulingHarness(latency: .seconds(1))
        let client = try harness.client()
        let leaving = EventLog<Int>()
        let received = try await harness.clock.run {
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 0..<Self.count {
                    group.addTask {
                        var states = 0
                        for try await _ in client.updates(TextStateEndpoint(), id: "35") {
                            states += 1
                            // Half of the subscribers leave after one, two or three states.
                            if number.isMultiple(of: 2), states > number / 2 % 3 {
                                leaving.record(states)
                                return nil
                            }
                        }
                        return states
                    }
                }
                return try await group.reduce(into: [Int]()) { list, states in if let states { list.append(states) } }
            }
        }
        #expect(leaving.events.count == Self.count / 2)
        #expect(received == Array(repeating: harness.requests.count, count: Self.count / 2))
        #expect(harness.requests.count == 5)
        #expect(client.schedulerInvariants == SchedulerInvariants(endpoints: 1))
    }

    @Test func `subscribers that are cancelled during a request take no state from the others`() async throws {
        let harness = SchedulingHarness(latency: .seconds(4))
        let client = try harness.client()
        let (output, cancelled) = try await harness.clock.run {
            async let kept = client.result(TextStateEndpoint(), id: "20")
            let cancelled = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<Self.count {
                    group.addTask {
                        do { _ = try await client.result(TextStateEndpoint(), id: "20") } catch {
                            return error is CancellationError
                        }
                        return false
                    }
                }
                try? await harness.clock.sleep(for: .seconds(2))
                group.cancelAll()
                return await group.reduce(into: 0) { count, isCancelled in count += isCancelled ? 1 : 0 }
            }
            return (try await kept, cancelled)
        }
        #expect(output == "output 20")
        #expect(cancelled == Self.count)
        #expect(harness.times(of: "20") == [.zero, .seconds(14), .seconds(28)])
    }
}
