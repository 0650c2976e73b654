import FetchCore
import FetchTesting
import Testing

@Suite("Request coalescing") struct CoalescingTests {
    @Test func `subscriptions to one job share its requests, by type and by name`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let outputs = try await harness.clock.run {
            async let typed = client.result(TextStateEndpoint(), id: "35")
            async let again = client.result(TextStateEndpoint(), id: "35")
            async let named = client.result(JobReference("test.job:35"))
            return try await [typed, again, named as? String]
        }
        #expect(outputs == ["output 35", "output 35", "output 35"])
        #expect(harness.times(of: "35") == [.zero, .seconds(10), .seconds(20), .seconds(30), .seconds(40)])
    }

    @Test func `jobs of different providers do not share requests, even with the same ID`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        try await harness.clock.run {
            async let one = client.result(JobReference("test.job:5"))
            async let second = client.result(JobReference("other.job:5"))
            _ = try await (one, second)
        }
        #expect(harness.times(of: "5").count == 4)
    }

    @Test func `a later subscription starts with the last state that was received`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let late = try await harness.clock.run {
            async let first = client.result(TextStateEndpoint(), id: "95")
            try await harness.clock.sleep(for: .seconds(42))
            var updates: [(time: Duration, isPending: Bool, requests: Int)] = []
            for try await update in client.updates(TextStateEndpoint(), id: "95") {
                updates.append((harness.clock.elapsed, !update.state.isTerminal, update.requests))
            }
            _ = try await first
            return updates
        }
        #expect(late.first?.time == .seconds(42) && late.first?.isPending == true && late.first?.requests == 0)
        #expect(late.last?.isPending == false)
        #expect(
            harness.times(of: "95").contains(.seconds(42)) == false,
            "the later subscription sends no request of its own"
        )
    }

    @Test func `cancelling one subscription does not end the others, even during a request`() async throws {
        let harness = SchedulingHarness(latency: .seconds(4))
        let client = try harness.client()
        let output = try await harness.clock.run {
            async let cancelled = harness.cancelling(after: .seconds(2)) {
                try await client.result(TextStateEndpoint(), id: "20")
            }
            async let other = client.result(TextStateEndpoint(), id: "20")
            #expect(await cancelled is CancellationError)
            return try await other
        }
        #expect(output == "output 20")
        #expect(harness.times(of: "20") == [.zero, .seconds(14), .seconds(28)])
    }

    @Test func `no request is sent after the last subscription ends`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        try await harness.clock.run {
            for _ in 1...3 {
                for try await update in client.updates(TextStateEndpoint(), id: "900") where update.requests == 1 {
                    break
                }
            }
            try await harness.clock.sleep(for: .seconds(600))
        }
        #expect(harness.times(of: "900").count == 3)
    }

    @Test func `each subscription has its own deadline`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let (error, end, output) = try await harness.clock.run {
            async let second = client.result(TextStateEndpoint(), id: "95")
            let error = await #expect(throws: FetchError.self) {
                var policy = client.policy
                policy.deadline = .seconds(33)
                return try await client.result(TextStateEndpoint(), id: "95", policy: policy)
            }
            let end = harness.clock.elapsed
            return (error, end, try await second)
        }
        #expect(error?.code == .deadlineExceeded)
        #expect(end <= .seconds(33))
        #expect(output == "output 95")
    }

    @Test func `a response is shared with a single fetch made meanwhile`() async throws {
        let harness = SchedulingHarness(latency: .seconds(4))
        let client = try harness.client()
        try await harness.clock.run {
            async let result = client.result(TextStateEndpoint(), id: "0")
            try await harness.clock.sleep(for: .seconds(1))
            #expect(try await client.fetch(TextStateEndpoint(), id: "0") == .succeeded("output 0"))
            _ = try await result
        }
        #expect(harness.requests.count == 1)
    }
}
