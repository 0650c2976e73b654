import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `The limits of a provider` {
    @Test(arguments: [(5, 5), (1, 1), (0, 1), (-7, 1), (Int.max, 40)])
    func `bound the requests in flight, of waits and fetches together`(limit: Int, most: Int) async throws {
        let depot = Depot(latency: .seconds(2))
        let client = try depot.client(
            limits: FetchLimits(requestsInFlight: limit),
            policy: PollingPolicy(requestTimeout: .seconds(600))
        )
        try await depot.clock.run {
            try await withThrowingTaskGroup { group in
                for number in 0..<20 {
                    group.addTask { _ = try await client.result(Crate(), id: "0-\(number)") }
                    group.addTask { _ = try await client.fetch(Crate(), id: "0-f\(number)") }
                }
                try await group.waitForAll()
            }
        }
        #expect(depot.requests.count == 40)
        #expect(depot.mostInFlight == most)
    }

    @Test(arguments: [(2.0, 0.5), (0.25, 4.0), (.nan, 0), (0, 0), (-1, 0), (.infinity, 0)])
    func `spread requests evenly over a second`(rate: Double, spacing: Double) async throws {
        let depot = Depot()
        let client = try depot.client(limits: FetchLimits(requestsPerSecond: rate))
        let jobs = try (0..<6).map { try JobReference("depot.crate:0-\($0)") }
        _ = try await depot.clock.run { try await client.results(of: jobs) }
        #expect(depot.requests.map(\.time) == (0..<6).map { .seconds(Double($0) * spacing) })
    }

    @Test func `don't make up for time in which nothing was to be asked`() async throws {
        let depot = Depot()
        let client = try depot.client(limits: FetchLimits(requestsPerSecond: 2))
        try await depot.clock.run {
            for round in 0..<3 {
                try await depot.clock.sleep(for: .seconds(60))
                _ = try await client.results(of: (0..<3).map { try JobReference("depot.crate:0-\(round)\($0)") })
                _ = try await client.fetch(Crate(), id: "0-single\(round)")
            }
        }
        let times = depot.requests.map(\.time)
        #expect(times.count == 12)
        #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 >= .milliseconds(500) })
    }

    @Test func `are each provider's own`() async throws {
        let depot = Depot(latency: .seconds(10))
        let client = try depot.client(
            limits: FetchLimits(requestsInFlight: 1),
            providerLimits: ["other": FetchLimits(requestsInFlight: 4)]
        )
        let jobs = try (0..<4).flatMap {
            try [JobReference("depot.crate:0-\($0)"), JobReference("other.crate:0-o\($0)")]
        }
        _ = try await depot.clock.run { try await client.results(of: jobs) }
        let others = depot.requests.filter { $0.id.contains("o") }
        #expect(others.allSatisfy { $0.time == .zero })
        #expect(depot.requests.filter { !$0.id.contains("o") }.map(\.time) == (0..<4).map { .seconds($0 * 10) })
    }

    @Test func `let those be served first who are due first`() async throws {
        let depot = Depot(latency: .seconds(1))
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 1))
        let batch = client.batch()
        try await depot.clock.run {
            for (id, age) in [("0-late", 1.0), ("0-early", 8), ("0-middle", 4)] {
                let submitted = Submission(at: depot.clock.date.addingTimeInterval(-age), eta: .seconds(10))
                batch.add(QueuedJob(try JobReference(endpoint: "depot.crate", id: id), submitted: submitted))
            }
            batch.finish()
            for try await _ in batch {}
        }
        #expect(depot.requests.map(\.id) == ["0-early", "0-middle", "0-late"])
    }

    @Test func `let very many be served in the order in which they are due, and were added`() async throws {
        let depot = Depot(latency: .seconds(1))
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 1))
        let batch = client.batch()
        // Neighbours in number are far from each other in time, and three of them are due at once.
        let ages = (0..<300).map { $0 * 89 % 100 }
        try await depot.clock.run {
            for (number, age) in ages.enumerated() {
                let submitted = Submission(at: depot.clock.date.addingTimeInterval(Double(age) / 10 - 10))
                batch.add(QueuedJob(try JobReference(endpoint: "depot.crate", id: "0-\(number)"), submitted: submitted))
            }
            batch.finish()
            for try await _ in batch {}
        }
        let expected = ages.indices.sorted { (ages[$0], $0) < (ages[$1], $1) }
        #expect(depot.requests.map(\.id) == expected.map { "0-\($0)" })
    }

    @Test(arguments: [50.0, 300, 2_000])
    func `are reached, however slow the answers are`(rate: Double) async throws {
        let depot = Depot(latency: .seconds(30))
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 100_000, requestsPerSecond: rate))
        let jobs = try (0..<Int(rate * 3)).map { try JobReference("depot.crate:0-\($0)") }
        _ = try await depot.clock.run { try await client.results(of: jobs) }
        let times = depot.requests.map(\.time.seconds).sorted()
        // As many in each second as in any other, give or take what the timer is late by.
        for second in 0..<3 {
            let count = times.count { $0 >= Double(second) && $0 < Double(second + 1) }
            #expect(abs(Double(count) - rate) <= rate / 20 + 1)
        }
    }

    @Test func `never make a wait longer than its deadline`() async throws {
        let depot = Depot(latency: .seconds(100))
        let client = try depot.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(deadline: .seconds(150), requestTimeout: .seconds(120))
        )
        let jobs = try (0..<4).map { try JobReference("depot.crate:0-\($0)") }
        let results = try await depot.clock.run { try await client.results(of: jobs) }
        #expect(depot.clock.elapsed <= .seconds(150))
        let codes = results.values.compactMap { if case .failure(let error) = $0 { error.code } else { nil } }
        #expect(codes == [.deadlineExceeded, .deadlineExceeded, .deadlineExceeded])
    }

    @Test(arguments: [3, 9.9, 10, 10.1, 20, 25, 60])
    func `never make a wait longer that stands in line`(patience: Double) async throws {
        let depot = Depot(latency: .seconds(1_000))
        let client = try depot.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(deadline: .seconds(3_600), requestTimeout: .seconds(600))
        )
        var impatient = client.policy
        impatient.deadline = .seconds(patience)
        let batch = client.batch(policy: impatient)
        try await depot.clock.run {
            async let first = client.result(try JobReference("depot.crate:0"))
            try await depot.clock.sleep(for: .seconds(1))
            for number in 1...100 { batch.add(QueuedJob(try JobReference("depot.crate:0-\(number)"))) }
            batch.finish()
            for try await outcome in batch {
                #expect((1 + patience...1.03 + patience).contains(depot.clock.elapsed.seconds))
                #expect(throws: FetchError.self) { try outcome.result.get() }
            }
            _ = try? await first
        }
        #expect(depot.requests.allSatisfy { $0.id == "0" })
    }
}
