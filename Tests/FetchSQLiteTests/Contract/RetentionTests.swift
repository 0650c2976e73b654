import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Testing

@Suite("Old outcomes in SQLite", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct RetentionTests {
    @Test func `an outcome is dropped in steps when its time is over, and never before it was acknowledged`()
        async throws
    {
        let database = try TestDatabase()
        let clock = TrialClock()
        let store = try database.store(clock: clock)
        let ids = try await store.add(1...25)
        let worker = try await store.register()
        try await store.lease(by: worker)
        try await store.record(ids, by: worker)
        try await store.deregister(worker)
        clock.advance(by: .seconds(40 * 86_400))
        #expect(try await store.clearUp(limit: 10) == ClearUpResult())
        try await store.acknowledge(Array(ids.prefix(24)))
        clock.advance(by: .seconds(29 * 86_400))
        #expect(try await store.clearUp(limit: 10) == ClearUpResult())
        #expect(try await store.add(1...1) == [ids[0]])
        clock.advance(by: .seconds(2 * 86_400))
        var steps = 1
        while try await store.clearUp(limit: 10).isIncomplete { steps += 1 }
        #expect(steps == 3)
        #expect(try await store.number("SELECT count(*) FROM fetchkit_outcome") == 1)
        #expect(try await store.outcome(of: JobReference("example.video:25")) != nil)
        // The number isn't used again.
        #expect(try await store.add(1...1) == [StoredJobID(rawValue: 26)])
        #expect(try await store.problems() == [])
    }

    @Test func `a worker with many leases is removed in steps`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        try await store.add(1...6_000)
        let worker = try await store.register()
        #expect(try await store.lease(6_000, by: worker).count == 6_000)
        try await store.deregister(worker)
        #expect(try await store.overview().fleet.workers == [])
        let next = try await store.register()
        #expect(try await store.lease(6_000, by: next).count == 5_000)
        #expect(try await store.clearUp(limit: 2_000).returnedJobs == 1_000)
        #expect(try await store.lease(6_000, by: next).count == 1_000)
        #expect(try await store.problems() == [])
    }
}
