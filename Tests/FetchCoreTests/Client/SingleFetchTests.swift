import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Single fetches") struct SingleFetchTests {
    @Test func `a subscription started during a single fetch shares its response`() async throws {
        let harness = SchedulingHarness(latency: .seconds(4))
        let client = try harness.client()
        let (state, output) = try await harness.clock.run {
            async let state = client.fetch(TextStateEndpoint(), id: "0")
            try await harness.clock.sleep(for: .seconds(1))
            let output = try await client.result(TextStateEndpoint(), id: "0")
            return (try await state, output)
        }
        guard case .succeeded("output 0") = state else { Issue.record("\(state)"); return }
        #expect(output == "output 0")
        #expect(harness.times(of: "0") == [.zero])
    }

    @Test func `a cancelled single fetch leaves subscriptions to poll on their own`() async throws {
        let harness = SchedulingHarness(latency: .seconds(4))
        let client = try harness.client()
        let output = try await harness.clock.run {
            async let cancelled = harness.cancelling(after: .seconds(2)) {
                try await client.fetch(TextStateEndpoint(), id: "0")
            }
            try await harness.clock.sleep(for: .seconds(1))
            async let output = client.result(TextStateEndpoint(), id: "0")
            #expect(await cancelled is CancellationError)
            return try await output
        }
        #expect(output == "output 0")
        #expect(
            harness.times(of: "0") == [.zero, .seconds(2)],
            "cancellation ends the request of the single fetch, and the subscription sends another"
        )
    }

    @Test func `a single fetch continues after a subscription that shared it ends`() async throws {
        let harness = SchedulingHarness(latency: .seconds(4))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 1))
        let states = try await harness.clock.run {
            async let state = client.fetch(TextStateEndpoint(), id: "0")
            try await harness.clock.sleep(for: .seconds(1))
            let error = await harness.cancelling(after: .seconds(1)) {
                try await client.result(TextStateEndpoint(), id: "0")
            }
            #expect(error is CancellationError)
            // The first fetch counts as in flight until it has ended.
            async let other = client.fetch(TextStateEndpoint(), id: "1")
            return [try await state, try await other]
        }
        #expect(states.count == 2)
        #expect(harness.requests == [.init(id: "0", time: .zero), .init(id: "1", time: .seconds(4))])
        #expect(harness.maximumInFlight == 1)
    }

    @Test func `single fetches are queued like all other requests`() async throws {
        let harness = SchedulingHarness(latency: .seconds(4))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 2))
        try await harness.clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    group.addTask { _ = try await client.fetch(TextStateEndpoint(), id: "0-\(number)") }
                }
                try await group.waitForAll()
            }
        }
        #expect(harness.maximumInFlight == 2)
        #expect(harness.requests.map(\.time) == [0, 0, 4, 4, 8, 8].map { .seconds($0) })
    }

    @Test func `the request of a single fetch is sent in the task of its caller`() async throws {
        let harness = SchedulingHarness { _, _ in
            FetchResponse(status: 200, body: Data((Self.name == "caller" ? "ready" : "failed").utf8))
        }
        let client = try harness.client()
        let state = try await harness.clock.run {
            try await Self.$name.withValue("caller") { try await client.fetch(TextStateEndpoint(), id: "0") }
        }
        guard case .succeeded = state else { Issue.record("\(state)"); return }
    }

    @TaskLocal private static var name = "none"
}
