import FetchCore
import FetchTesting
import Testing

@Suite struct `Several waits for one job` {
    @Test func `share its requests, by type and by name`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let outputs = try await depot.clock.run {
            async let typed = client.result(Crate(), id: "35")
            async let again = client.result(Crate(), id: "35")
            async let named = client.result(JobReference("depot.crate:35"))
            return try await [typed, again, named as? String]
        }
        #expect(outputs == ["crate 35", "crate 35", "crate 35"])
        #expect(depot.times(of: "35") == [.zero, .seconds(10), .seconds(20), .seconds(30), .seconds(40)])
    }

    @Test func `are waits for one job alone where the provider is another one`() async throws {
        let depot = Depot()
        let client = try depot.client()
        try await depot.clock.run {
            async let one = client.result(JobReference("depot.crate:5"))
            async let other = client.result(JobReference("other.crate:5"))
            _ = try await (one, other)
        }
        #expect(depot.times(of: "5").count == 4)
    }

    @Test func `begin with the last state, where another wait has heard it`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let late = try await depot.clock.run {
            async let first = client.result(Crate(), id: "95")
            try await depot.clock.sleep(for: .seconds(42))
            var updates: [(time: Duration, isPending: Bool, requests: Int)] = []
            for try await update in client.updates(Crate(), id: "95") {
                updates.append((depot.clock.elapsed, !update.state.isTerminal, update.requests))
            }
            _ = try await first
            return updates
        }
        #expect(late.first?.time == .seconds(42) && late.first?.isPending == true && late.first?.requests == 0)
        #expect(late.last?.isPending == false)
        #expect(depot.times(of: "95").contains(.seconds(42)) == false, "the late-comer asks nothing of its own")
    }

    @Test func `go on when one of them is cancelled, also in the middle of a request`() async throws {
        let depot = Depot(latency: .seconds(4))
        let client = try depot.client()
        let output = try await depot.clock.run {
            async let cancelled = depot.cancelling(after: .seconds(2)) { try await client.result(Crate(), id: "20") }
            async let other = client.result(Crate(), id: "20")
            #expect(await cancelled is CancellationError)
            return try await other
        }
        #expect(output == "crate 20")
        #expect(depot.times(of: "20") == [.zero, .seconds(14), .seconds(28)])
    }

    @Test func `end when the last has left, and nothing is asked after it`() async throws {
        let depot = Depot()
        let client = try depot.client()
        try await depot.clock.run {
            for _ in 1...3 {
                for try await update in client.updates(Crate(), id: "900") where update.requests == 1 { break }
            }
            try await depot.clock.sleep(for: .seconds(600))
        }
        #expect(depot.times(of: "900").count == 3)
    }

    @Test func `have deadlines of their own`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let (impatient, end, output) = try await depot.clock.run {
            async let patient = client.result(Crate(), id: "95")
            let error = await #expect(throws: FetchError.self) {
                var policy = client.policy
                policy.deadline = .seconds(33)
                return try await client.result(Crate(), id: "95", policy: policy)
            }
            let end = depot.clock.elapsed
            return (error, end, try await patient)
        }
        #expect(impatient?.code == .deadlineExceeded)
        #expect(end <= .seconds(33))
        #expect(output == "crate 95")
    }

    @Test func `share an answer with whoever fetches meanwhile`() async throws {
        let depot = Depot(latency: .seconds(4))
        let client = try depot.client()
        try await depot.clock.run {
            async let result = client.result(Crate(), id: "0")
            try await depot.clock.sleep(for: .seconds(1))
            #expect(try await client.fetch(Crate(), id: "0") == .succeeded("crate 0"))
            _ = try await result
        }
        #expect(depot.requests.count == 1)
    }
}
