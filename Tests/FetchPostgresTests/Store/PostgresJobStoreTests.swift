import FetchCore
import FetchJobs
import FetchPostgres
import Foundation
import Testing

extension PostgresTests {
    @Suite("A store in PostgreSQL") struct PostgresJobStoreTests {
        @Test(arguments: TestDatabase.routes)
        func `a job comes back as it was added`(route: TestDatabase.Route) async throws {
            try await TestDatabase(route).withStore { store, _ in
                let text = "a'b\"c\\d{e},f\u{1F600}\n$1 NULL"
                let submission = Submission(
                    at: Date(timeIntervalSince1970: 1_750_000_000.123_456_7),
                    eta: .seconds(12.34)
                )
                let jobs = [
                    DurableJob(
                        try JobReference(endpoint: "example.video", id: "x'\\\"{,}"),
                        submitted: submission,
                        tenant: text,
                        account: AccountID(text),
                        deadline: .afterSubmission(.milliseconds(86_400_123)),
                        note: ["text": .string(text + "\0"), "numbers": [1, 2.5, -3], "null": .null]
                    ),
                    try DurableJob("example.video:NULL", tenant: "NULL", account: ""),
                    try DurableJob("example.video:NULL", tenant: ""),
                    try DurableJob("example.video:NULL"),
                    DurableJob(
                        try JobReference(endpoint: "example.video", id: "2"),
                        submitted: Submission(at: Date(timeIntervalSince1970: -5)),
                        deadline: .afterAdding(.nanoseconds(1))
                    ),
                ]
                let ids = try await store.add(jobs).map(\.id)
                #expect(Set(ids).count == jobs.count)
                let stored = try await store.jobs(JobPage(.waiting))
                #expect(stored.map(\.job) == jobs)
                #expect(stored.map(\.id) == ids)
                let worker = try await store.register(text, timeToLive: .seconds(60))
                #expect(try await store.lease(9, by: worker).count == jobs.count)
                let end = JobEnd(.succeeded, artifacts: [Artifact(.text(text))])
                #expect(try await store.record(ids.map { EndedJob($0, end) }, by: worker) == Set(ids))
                let outcomes = try await store.takeDeliveries(limit: 9, for: .seconds(60))
                #expect(outcomes.map(\.job) == jobs)
                #expect(outcomes.allSatisfy { $0.end == end })
            }
        }

        @Test func `a deadline counts by the clock of the database`() async throws {
            try await TestDatabase().withStore { store, _ in
                // The dates of a client whose clock is an hour fast, and one that is an hour slow.
                for (number, offset) in [3_600.0, -3_600].enumerated() {
                    let submission = Submission(at: Date(timeIntervalSinceNow: offset), eta: nil)
                    try await store.add([
                        DurableJob(
                            try JobReference(endpoint: "example.video", id: "\(number)"),
                            submitted: submission,
                            deadline: .afterSubmission(.seconds(7_200))
                        )
                    ])
                }
                let rows = try await store.jobs(JobPage(.waiting))
                let limits = rows.map { $0.deadline.timeIntervalSince($0.added) }
                #expect(abs(limits[0] - 7_200) < 1)
                #expect(abs(limits[1] - 3_600) < 5)
            }
        }

        @Test func `the same job of two tenants and twice of one`() async throws {
            try await TestDatabase().withStore { store, _ in
                let job = try DurableJob("example.video:1", tenant: "a")
                let other = try DurableJob("example.video:1", tenant: "b")
                let results = try await store.add([job, other, job])
                #expect(results == [.added(results[0].id), .added(results[1].id), .alreadyWaiting(results[0].id)])
            }
        }

        @Test func `jobs that are too large are refused, and nothing is added`() async throws {
            try await TestDatabase().withStore { store, _ in
                let note = try DurableJob("example.video:1", note: .string(String(repeating: "x", count: 3_000)))
                let tenant = try DurableJob("example.video:2", tenant: "a\0b")
                for job in [note, tenant] {
                    let error = await #expect(throws: JobStoreError.self) {
                        try await store.add([try DurableJob("example.video:3"), job])
                    }
                    #expect(error?.code == .invalidJob)
                }
                let long = try? DurableJob("example.video:" + String(repeating: "x", count: 2_000))
                if let long {
                    let error = await #expect(throws: JobStoreError.self) { try await store.add([long]) }
                    #expect(error?.code == .invalidJob)
                }
                #expect(try await store.jobs(JobPage(.waiting)).isEmpty)
            }
        }

        @Test func `concurrent calls add each job once, in any order`() async throws {
            try await TestDatabase().withStore { store, _ in
                let jobs = try (0..<200).map { try DurableJob("example.video:\($0)") }
                let added = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<8 {
                        group.addTask {
                            let results = try await store.add(number % 2 == 0 ? jobs : jobs.reversed())
                            return results.count { if case .added = $0 { true } else { false } }
                        }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(added == 200)
                #expect(try await store.jobs(JobPage(.waiting, limit: 1_000)).count == 200)
            }
        }

        @Test func `concurrent workers lease each job once`() async throws {
            try await TestDatabase().withStore { store, _ in
                try await store.add(0..<600, tenant: "a")
                try await store.add(0..<200, tenant: "b")
                let leased = try await withThrowingTaskGroup(of: [StoredJobID].self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            let worker = try await store.register("w", timeToLive: .seconds(60))
                            var mine: [StoredJobID] = []
                            while true {
                                let jobs = try await store.lease(37, by: worker)
                                mine += jobs
                                if jobs.isEmpty { return mine }
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(leased.count == 800)
                #expect(Set(leased).count == 800)
            }
        }

        @Test func `tenants share a lease whatever their queues are`() async throws {
            try await TestDatabase().withStore { store, _ in
                // A tenant with jobs of nine accounts, one with a large queue, and one with two jobs.
                for account in 0..<9 {
                    try await store.add(
                        (0..<20).map {
                            try DurableJob(
                                "example.video:\(account)-\($0)",
                                tenant: "many",
                                account: AccountID("\(account)")
                            )
                        }
                    )
                }
                try await store.add(0..<300, tenant: "large")
                try await store.add(0..<2, tenant: "small")
                let worker = try await store.register("w", timeToLive: .seconds(60))
                let request = LeaseRequest("example", endpoints: ["example.video"], limit: 100)
                let leased = try await store.lease(request, by: worker)
                let counts = Dictionary(grouping: leased) { $0.stored.job.tenant }.mapValues(\.count)
                #expect(leased.count == 100)
                #expect(counts["small"] == 2)
                #expect(abs((counts["many"] ?? 0) - (counts["large"] ?? 0)) <= 12, "\(counts)")
            }
        }

        @Test func `each tenant has its turn if there are more tenants than jobs`() async throws {
            try await TestDatabase().withStore { store, _ in
                for tenant in 1...40 { try await store.add(0..<5, tenant: "t\(tenant)") }
                let leases = try await tenants(ofLeases: 8, of: 10, store)
                let counts = Dictionary(grouping: leases.joined()) { $0 }.mapValues(\.count)
                #expect(leases.map { Set($0).count } == Array(repeating: 10, count: 8))
                #expect(counts.count == 40)
                #expect(Set(counts.values) == [2])
            }
        }

        /// Returns the tenants of the jobs of each of several leases.
        private func tenants(ofLeases count: Int, of limit: Int, _ store: PostgresJobStore) async throws -> [[String]] {
            let worker = try await store.register("w", timeToLive: .seconds(60))
            let request = LeaseRequest("example", endpoints: ["example.video"], limit: limit)
            var tenants: [[String]] = []
            for _ in 1...count {
                let jobs = try await store.lease(request, by: worker)
                tenants.append(jobs.compactMap { $0.stored.job.tenant })
            }
            return tenants
        }

        @Test func `a circle of tenants goes over all endpoints and accounts`() async throws {
            try await TestDatabase().withStore { store, _ in
                var expected: Set<StoredJobID> = []
                for endpoint in ["example.b", "example.a", "example.c"] {
                    for account in [nil, "", "x"] as [String?] {
                        for tenant in [nil, "z", "y", "\u{1}"] as [String?] {
                            var job = try DurableJob("\(endpoint):n\(account ?? "-")", tenant: tenant)
                            job.account = account.map { AccountID($0) }
                            expected.formUnion(try await store.add([job]).map(\.id))
                        }
                    }
                }
                #expect(expected.count == 36)
                let worker = try await store.register("w", timeToLive: .seconds(60))
                let endpoints: Set<EndpointName> = ["example.a", "example.b", "example.c", "example.d"]
                var leased: Set<StoredJobID> = []
                for _ in 1...6 {
                    let request = LeaseRequest("example", endpoints: endpoints, limit: 7)
                    let jobs = try await store.lease(request, by: worker)
                    leased.formUnion(jobs.map(\.id))
                }
                #expect(leased == expected)
            }
        }

        /// 25,000 tenants whose jobs aren't due yet, and as many of an account that is paused, around one that is due.
        @Test func `a lease looks at a limited number of tenants, and the next one goes on`() async throws {
            try await TestDatabase().withStore { store, schema in
                try await store.migrate()
                try await store.execute(
                    """
                    INSERT INTO \(schema).job (
                        tenant, account, endpoint, reference, time_limit, limit_from_submission, added_at, deadline, not_before
                    ) SELECT 't' || i, CASE WHEN i > 25000 THEN 'paused' ELSE 'a' END, 'example.video', 'example.video:' || i,
                        86400, false, now(), now() + interval '1 day',
                        CASE WHEN i > 25000 THEN now() ELSE now() + interval '1 hour' END
                    FROM generate_series(1, 50000) i
                    """
                )
                try await store.pause(ProviderAccount("example", "paused"), for: nil, because: "a reason")
                let worker = try await store.register("w", timeToLive: .seconds(60))
                /// Returns the jobs of the first lease that has some, and the number of leases.
                func lease() async throws -> (jobs: [StoredJobID], count: Int) {
                    for count in 1...10 {
                        let jobs = try await store.lease(100, by: worker)
                        if !jobs.isEmpty { return (jobs, count) }
                    }
                    return ([], 10)
                }
                let last = try DurableJob("example.video:last", tenant: "u", account: "a")
                let ids = try await store.add([last]).map(\.id)
                let (found, count) = try await lease()
                #expect(found == ids)
                #expect(count == 3)
                let first = try DurableJob("example.video:first", tenant: "a", account: "a")
                let others = try await store.add([first]).map(\.id)
                let (next, nextCount) = try await lease()
                #expect(next == others)
                #expect(nextCount <= 3)
            }
        }

        @Test func `learned durations that don't change aren't written`() async throws {
            try await TestDatabase().withStore { store, schema in
                var durations = JobDurations()
                durations.learn(CompletedJob(pendingAt: .seconds(10), doneAt: .seconds(12)))
                try await store.merge(["example.video": durations])
                let row = "SELECT ctid::text FROM \(schema).durations"
                let before = try await store.execute(row)
                try await store.merge(["example.video": durations])
                #expect(try await store.execute(row) == before)
                durations.learn(CompletedJob(pendingAt: .seconds(20), doneAt: .seconds(22)))
                try await store.merge(["example.video": durations])
                #expect(try await store.execute(row) != before)
            }
        }

        @Test func `a hundred thousand jobs of an unknown endpoint are left alone`() async throws {
            try await TestDatabase().withStore { store, _ in
                for batch in 0..<20 {
                    try await store.add((0..<5_000).map { try DurableJob("example.other:\(batch)-\($0)") })
                }
                try await store.add(0..<10)
                let worker = try await store.register("w", timeToLive: .seconds(60))
                let start = ContinuousClock.now
                #expect(try await store.lease(100, by: worker).count == 10)
                #expect(try await store.lease(100, by: worker).isEmpty)
                #expect(start.duration(to: .now) < .seconds(2))
                let overview = try await store.overview()
                #expect(overview.isEstimate)
                #expect(overview.waitingJobs > 10_000)
            }
        }
    }
}
