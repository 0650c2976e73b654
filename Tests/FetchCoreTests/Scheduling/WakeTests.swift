import FetchCore
import FetchTesting
import Testing

@Suite struct `Waking a job` {
    private let policy = PollingPolicy(
        deadline: .seconds(3600),
        minimumGap: .seconds(2),
        schedule: .fixed(.seconds(30))
    )

    @Test func `makes it due now`() async throws {
        let depot = Depot()
        let client = try depot.client(policy: policy)
        let job = try JobReference("depot.crate:40")
        try await depot.clock.run {
            async let result = client.result(job)
            try await depot.clock.sleep(for: .seconds(42))
            client.wake(job)
            _ = try await result
        }
        #expect(depot.times(of: "40") == [.zero, .seconds(30), .seconds(42)])
    }

    @Test func `again and again asks no more often than the shortest gap allows`() async throws {
        let depot = Depot()
        let client = try depot.client(policy: policy)
        let job = try JobReference("depot.crate:9")
        try await depot.clock.run {
            async let result = client.result(job)
            for _ in 0..<1_000 {
                try await depot.clock.sleep(for: .milliseconds(10))
                client.wake(job)
            }
            _ = try await result
        }
        #expect(depot.times(of: "9").count == 6)
        #expect(zip(depot.times(of: "9").dropFirst(), depot.times(of: "9")).allSatisfy { $0 - $1 >= .seconds(2) })
    }

    @Test func `that is being asked about asks once more`() async throws {
        let depot = Depot(latency: .seconds(5))
        let client = try depot.client(policy: policy)
        let job = try JobReference("depot.crate:3")
        try await depot.clock.run {
            async let result = client.result(job)
            try await depot.clock.sleep(for: .seconds(4))
            client.wake(job)
            _ = try await result
        }
        #expect(depot.times(of: "3") == [.zero, .seconds(5)])
    }

    @Test func `that nobody waits for does nothing, nor does one that is unknown or has ended`() async throws {
        let depot = Depot()
        let client = try depot.client(policy: policy)
        try await depot.clock.run {
            client.wake(try JobReference("depot.crate:1"))
            client.wake(try JobReference("nowhere.crate:1"))
            _ = try await client.result(JobReference("depot.crate:0"))
            client.wake(try JobReference("depot.crate:0"))
            try await depot.clock.sleep(for: .seconds(600))
        }
        #expect(depot.requests.count == 1)
    }
}
