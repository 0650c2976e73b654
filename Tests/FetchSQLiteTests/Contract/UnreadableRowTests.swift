import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Rows that this version can't read", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct UnreadableRowTests {
    /// Makes the notes of jobs such that no decoder reads them.
    private func spoil(_ jobs: ArraySlice<StoredJobID>, _ store: SQLiteJobStore) async throws {
        for job in jobs {
            try await store.execute("UPDATE fetchkit_job SET note = '{' WHERE id = $1", [.integer(job.rawValue)])
        }
    }

    @Test func `such a job is parked, and the others are leased`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        let ids = try await store.add(1...4)
        try await spoil(ids[1...1], store)
        let worker = try await store.register()
        #expect(try await store.lease(by: worker) == [ids[0], ids[2], ids[3]])
        #expect(try await store.leases(of: worker, after: nil, limit: 9).map(\.id) == [ids[0], ids[2], ids[3]])
        let parked = try await store.execute("SELECT id, parked FROM fetchkit_job WHERE parked IS NOT NULL")
        #expect(parked == [[.integer(ids[1].rawValue), .text(StoredJob.reasonOfFormat)]])
        #expect(try await store.jobs(JobPage(.parked)).isEmpty)
        #expect(try await store.jobs(JobPage(.waiting, limit: 2)).map(\.id) == [ids[0], ids[2]])
        // A worker that can read it leases it after that.
        try await store.execute("UPDATE fetchkit_job SET note = '1'")
        try await store.retry([ids[1]])
        #expect(try await store.lease(by: worker) == [ids[1]])
        #expect(try await store.problems() == [])
    }

    @Test func `a page of leases without such a job is as long as one with it`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        let ids = try await store.add(1...5)
        let worker = try await store.register()
        try await store.lease(by: worker)
        try await spoil(ids[0...1], store)
        #expect(try await store.leases(of: worker, after: nil, limit: 2).map(\.id) == [ids[2], ids[3]])
    }

    @Test func `an outcome that can't be read waits for a reader that can`() async throws {
        let database = try TestDatabase()
        let clock = TrialClock()
        let store = try database.store(clock: clock)
        let ids = try await store.add(1...4)
        let worker = try await store.register()
        try await store.lease(by: worker)
        try await store.record(ids, by: worker)
        let body = try await store.execute("SELECT body FROM fetchkit_outcome LIMIT 1")[0][0]
        try await store.execute("UPDATE fetchkit_outcome SET body = '{}' WHERE id <= $1", [.integer(ids[1].rawValue)])
        #expect(try await store.takeDeliveries(limit: 1, for: .seconds(60)).map(\.id) == [ids[2]])
        #expect(try await store.takeDeliveries(limit: 9, for: .seconds(60)).map(\.id) == [ids[3]])
        #expect(try await store.takeDeliveries(limit: 9, for: .seconds(60)).isEmpty)
        try await store.acknowledge(Array(ids[2...3]))
        #expect(try await store.overview().undeliveredOutcomes == 2)
        try await store.execute("UPDATE fetchkit_outcome SET body = $1", [body])
        clock.advance(by: .seconds(61))
        #expect(try await store.takeDeliveries(limit: 9, for: .seconds(60)).map(\.id) == Array(ids[0...1]))
    }

    @Test func `an overdue job that the closure can't be given is left to others`() async throws {
        let database = try TestDatabase()
        let clock = TrialClock()
        let recorded = Mutex<[StoredJobID]>([])
        let recorder: OutcomeRecorder = { outcomes, _ in recorded.withLock { $0 += outcomes.map(\.id) } }
        let store = try database.store(clock: clock, recorder: recorder)
        let ids = try await store.add(1...4)
        try await spoil(ids[0...1], store)
        clock.advance(by: .seconds(2 * 86_400))
        #expect(try await store.clearUp(limit: 1).overdueJobs == 1)
        #expect(try await store.clearUp(limit: 9).overdueJobs == 1)
        #expect(try await store.clearUp(limit: 9).overdueJobs == 0)
        #expect(recorded.withLock(\.self) == Array(ids[2...3]))
        #expect(try await database.store(clock: clock).clearUp(limit: 9).overdueJobs == 2)
        #expect(try await store.problems() == [])
    }

    @Test func `learned durations that can't be read are left out`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        try await store.execute("INSERT INTO fetchkit_durations VALUES ('example.video', '7')")
        #expect(try await store.durations().isEmpty)
    }
}
