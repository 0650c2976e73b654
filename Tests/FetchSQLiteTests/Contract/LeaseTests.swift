import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Testing

@Suite("Leases in SQLite", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct LeaseTests {
    private static let request = LeaseRequest("example", endpoints: ["example.video"], limit: 10)

    @Test func `jobs of an unknown endpoint and of excluded accounts cost a lease nothing`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        let worker = try await store.register()
        let usual = try await durationOfLeases(of: store.add(1...100), in: store, by: worker)
        // 100,000 jobs of another endpoint, and as many of an account that is paused, before one that is due.
        try await store.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            INSERT INTO fetchkit_job (id, tenant, account, endpoint, reference, limit_seconds, limit_attoseconds,
            counts_from_submission, added_at, deadline, not_before)
            SELECT 1000000 + i, x'', 'paused', CASE WHEN i > 100000 THEN 'example.video' ELSE 'example.unknown' END,
            'example.video:x' || i, 86400, 0, 0, 0, 9000000000000000, 0 FROM n
            """
        )
        try await store.pause(ProviderAccount("example", "paused"), for: nil, because: "a reason")
        let duration = try await durationOfLeases(of: store.add(101...200), in: store, by: worker)
        // Each takes a tenth of a millisecond. One that reads the others takes 20.
        #expect(duration < usual * 10 + .milliseconds(200))
        #expect(try await store.lease(by: worker) == [])
        let rest = "SELECT count(*) FROM fetchkit_job WHERE worker IS NULL AND endpoint = 'example.unknown'"
        #expect(try await store.number(rest) == 100_000)
    }

    /// Leases jobs one by one, and returns the time that it took.
    private func durationOfLeases(
        of ids: [StoredJobID],
        in store: SQLiteJobStore,
        by worker: WorkerID
    ) async throws -> Duration {
        let begin = ContinuousClock.now
        var leased: [StoredJobID] = []
        for _ in ids {
            leased += try await store.lease(LeaseRequest("example", endpoints: ["example.video"], limit: 1), by: worker)
                .map(\.id)
        }
        #expect(Set(leased) == Set(ids))
        return ContinuousClock.now - begin
    }

    @Test func `each tenant has an equal part, and takes its turn if there are more tenants than jobs`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        for tenant in 1...40 { try await store.add(1...5, tenant: "t\(tenant)") }
        let worker = try await store.register()
        var counts: [String: Int] = [:]
        for _ in 1...8 {
            let leased = try await store.lease(Self.request, by: worker)
            #expect(Set(leased.compactMap(\.stored.job.tenant)).count == 10)
            for job in leased { counts[job.stored.job.tenant ?? "", default: 0] += 1 }
        }
        #expect(counts.count == 40 && counts.values.allSatisfy { $0 == 2 }, "\(counts)")
    }

    @Test func `of a tenant with several accounts, the jobs that are due first are leased first`() async throws {
        let database = try TestDatabase()
        let clock = TrialClock()
        let store = try database.store(clock: clock)
        var order: [StoredJobID] = []
        for number in 1...30 {
            clock.advance(by: .seconds(1))
            let account: AccountID? = number % 3 == 0 ? nil : number % 3 == 1 ? "" : "b"
            order += try await store.add(number...number, account: account)
        }
        let worker = try await store.register()
        #expect(try await store.lease(11, by: worker) == Array(order.prefix(11)))
        #expect(try await store.lease(by: worker) == Array(order.dropFirst(11)))
    }

    @Test func `jobs after deaths and others don't keep each other from being leased`() async throws {
        let database = try TestDatabase()
        let clock = TrialClock()
        let store = try database.store(clock: clock)
        try await store.add(1...40)
        try await store.lease(by: try await store.register())
        clock.advance(by: .seconds(61))
        try await store.clearUp(limit: 100)
        try await store.add(41...80)
        let worker = try await store.register()
        let leased = try await store.lease(Self.request, by: worker)
        #expect(leased.count == 10 && leased.count { $0.stored.deaths == 1 } == 5)
    }

    @Test func `a store in use by two tenants keeps their strings byte for byte`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        // The same letter in two normal forms, and the empty string, which isn't the same as no tenant.
        let tenants = ["\u{E9}", "e\u{301}", "", nil]
        for tenant in tenants { try await store.add(1...1, tenant: tenant) }
        let jobs = try await store.jobs(JobPage(.waiting))
        #expect(jobs.map { $0.job.tenant.map { Array($0.utf8) } } == tenants.map { $0.map { Array($0.utf8) } })
        #expect(try await store.lease(by: try await store.register()).count == 4)
    }

    @Test func `a job comes back as it was added`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        let odd = Duration(secondsComponent: 41, attosecondsComponent: 299_999_999_999_999_999)
        let job = try DurableJob(
            "example.video:a:b",
            submitted: Submission(at: Date(timeIntervalSinceReferenceDate: 712_345_678.123_456_7), eta: odd),
            tenant: "t",
            account: "a",
            deadline: .afterSubmission(odd),
            note: ["row": 9, "text": "“é”\u{0}"]
        )
        try await store.add([job])
        let worker = try await store.register()
        let leased = try await store.lease(Self.request, by: worker)
        #expect(leased.map(\.stored.job) == [job])
        try await store.record(leased.map(\.id), by: worker)
        #expect(try await store.outcome(of: job.job, tenant: "t")?.job == job)
    }

    @Test func `the views show what is there`() async throws {
        let database = try TestDatabase()
        let store = try database.store(clock: TrialClock())
        let ids = try await store.add(1...3, account: "a")
        let worker = try await store.register()
        try await store.lease(2, by: worker)
        try await store.giveBack([ReturnedJob(ids[0], parkedReason: "no")], by: worker)
        let accounts = try await store.execute(
            "SELECT account, waiting, leased, parked FROM fetchkit_waiting_by_account"
        )
        #expect(accounts == [["a", 3, 1, 1]])
        #expect(try await store.execute("SELECT name, state, jobs FROM fetchkit_workers") == [["test", "alive", 1]])
        let stuck = try await store.execute(
            "SELECT reference, problem FROM fetchkit_stuck WHERE problem LIKE 'parked%'"
        )
        #expect(stuck == [["example.video:1", "parked: no"]])
    }
}
