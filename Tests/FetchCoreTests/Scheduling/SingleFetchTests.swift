import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A single fetch` {
    @Test func `is shared by who comes to wait for the job meanwhile`() async throws {
        let depot = Depot(latency: .seconds(4))
        let client = try depot.client()
        let (state, output) = try await depot.clock.run {
            async let state = client.fetch(Crate(), id: "0")
            try await depot.clock.sleep(for: .seconds(1))
            let output = try await client.result(Crate(), id: "0")
            return (try await state, output)
        }
        guard case .succeeded("crate 0") = state else { Issue.record("\(state)"); return }
        #expect(output == "crate 0")
        #expect(depot.times(of: "0") == [.zero])
    }

    @Test func `that is cancelled leaves the others their answer`() async throws {
        let depot = Depot(latency: .seconds(4))
        let client = try depot.client()
        let output = try await depot.clock.run {
            async let cancelled = depot.cancelling(after: .seconds(2)) { try await client.fetch(Crate(), id: "0") }
            try await depot.clock.sleep(for: .seconds(1))
            async let output = client.result(Crate(), id: "0")
            #expect(await cancelled is CancellationError)
            return try await output
        }
        #expect(output == "crate 0")
        #expect(
            depot.times(of: "0") == [.zero, .seconds(2)],
            "the request was the cancelled one's own, and is made again"
        )
    }

    @Test func `goes on when who came to wait for it has left`() async throws {
        let depot = Depot(latency: .seconds(4))
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 1))
        let states = try await depot.clock.run {
            async let state = client.fetch(Crate(), id: "0")
            try await depot.clock.sleep(for: .seconds(1))
            let error = await depot.cancelling(after: .seconds(1)) { try await client.result(Crate(), id: "0") }
            #expect(error is CancellationError)
            // The place of the first fetch is taken until it has ended.
            async let other = client.fetch(Crate(), id: "1")
            return [try await state, try await other]
        }
        #expect(states.count == 2)
        #expect(depot.requests == [.init(id: "0", time: .zero), .init(id: "1", time: .seconds(4))])
        #expect(depot.mostInFlight == 1)
    }

    @Test func `stands in line with all others`() async throws {
        let depot = Depot(latency: .seconds(4))
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 2))
        try await depot.clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 { group.addTask { _ = try await client.fetch(Crate(), id: "0-\(number)") } }
                try await group.waitForAll()
            }
        }
        #expect(depot.mostInFlight == 2)
        #expect(depot.requests.map(\.time) == [0, 0, 4, 4, 8, 8].map { .seconds($0) })
    }

    @Test func `is made in its caller's task`() async throws {
        let depot = Depot { _, _ in
            FetchResponse(status: 200, body: Data((Self.name == "caller" ? "ready" : "lost").utf8))
        }
        let client = try depot.client()
        let state = try await depot.clock.run {
            try await Self.$name.withValue("caller") { try await client.fetch(Crate(), id: "0") }
        }
        guard case .succeeded = state else { Issue.record("\(state)"); return }
    }

    @TaskLocal private static var name = "nobody"
}
