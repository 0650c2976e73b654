import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A client that has watched many jobs` {
    /// Watches jobs that take a minute each, one after the other.
    private func watch(_ count: Int, _ depot: Depot, _ client: FetchClient) async throws {
        for number in 0..<count {
            let start = depot.clock.elapsed
            let id = "\(Int(start.seconds) + 60)-\(number)"
            let submitted = Submission(at: depot.clock.date)
            _ = try await client.result(JobReference(endpoint: "depot.crate", id: id), submitted: submitted)
        }
    }

    private func patient(_ depot: Depot, durations: [EndpointName: JobDurations] = [:]) throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(Crate()),
            transport: depot,
            credentials: .none,
            durations: durations,
            clock: depot.clock,
            wallClock: depot.clock.wallClock
        )
    }

    @Test func `asks when they are usually ready, and hardly before`() async throws {
        let depot = Depot()
        let client = try patient(depot)
        let counts = try await depot.clock.run {
            try await watch(1, depot, client)
            let first = depot.requests.count
            try await watch(100, depot, client)
            let before = depot.requests.count
            try await watch(1, depot, client)
            return (first: first, last: depot.requests.count - before)
        }
        #expect(counts.first > 5)
        #expect(counts.last <= 3)
        #expect(client.durations["depot.crate"]?.isEmpty == false)
    }

    @Test func `hands on what it has learned, as text too`() async throws {
        let depot = Depot()
        let client = try patient(depot)
        try await depot.clock.run { try await watch(100, depot, client) }
        let stored = try JSONEncoder().encode(client.durations)
        #expect(String(decoding: stored, as: UTF8.self).hasPrefix(#"{"depot.crate":"#))
        let next = try patient(depot, durations: JSONDecoder().decode([EndpointName: JobDurations].self, from: stored))
        let before = depot.requests.count
        try await depot.clock.run { try await watch(1, depot, next) }
        #expect(depot.requests.count - before <= 3)
    }

    @Test func `hands on what it was given of endpoints that nobody asked`() async throws {
        var given = JobDurations()
        given.learn(CompletedJob(took: .seconds(7)))
        let depot = Depot()
        let client = try patient(depot, durations: ["elsewhere.video": given])
        #expect(client.durations == ["elsewhere.video": given])
        try await depot.clock.run { try await watch(1, depot, client) }
        #expect(client.durations["elsewhere.video"] == given)
        #expect(client.durations["depot.crate"]?.isEmpty == false)
        #expect(Array(client.statistics.keys) == ["depot.crate"])
    }

    @Test func `learns nothing from a job that may have been ready for days`() async throws {
        let depot = Depot()
        let client = try patient(depot)
        _ = try await depot.clock.run { try await client.result(JobReference("depot.crate:0")) }
        #expect(client.durations.isEmpty)
    }
}
