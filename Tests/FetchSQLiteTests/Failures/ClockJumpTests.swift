import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Testing

@Suite("Clocks that jump", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct ClockJumpTests {
    private let database: TestDatabase
    private let clock = TrialClock()
    private let store: SQLiteJobStore

    init() throws {
        database = try TestDatabase()
        store = try database.store(clock: clock)
    }

    private func renew(_ worker: WorkerID) async throws -> Fleet? {
        try await store.renew(FleetWorker(id: worker), timeToLive: .seconds(60))
    }

    @Test func `after a jump forward, workers begin anew and no job is lost`() async throws {
        let ids = try await store.add(1...3)
        let worker = try await store.register()
        try await store.lease(2, by: worker)
        try await store.record([ids[0]], by: worker)
        clock.advance(by: .seconds(3_600))
        #expect(try await renew(worker) == nil)
        // It still has its jobs, and records them until they are given to others.
        #expect(try await store.record([ids[1]], by: worker) == [ids[1]])
        try await store.clearUp(limit: 100)
        let next = try await store.register()
        #expect(try await store.lease(by: next) == [ids[2]])
        #expect(try await store.takeDeliveries(limit: 10, for: .seconds(60)).map(\.id) == Array(ids.prefix(2)))
    }

    @Test func `after a jump back, workers begin anew and nothing waits for the hour to pass again`() async throws {
        let ids = try await store.add(1...5)
        let worker = try await store.register()
        try await store.lease(4, by: worker)
        try await store.record([ids[0]], by: worker)
        try await store.giveBack([ReturnedJob(ids[1], delay: .seconds(30))], by: worker)
        try await store.pause(ProviderAccount("example", "a"), for: .seconds(30), because: "a reason")
        #expect(try await renew(worker) != nil)
        clock.advance(by: .seconds(-3_600))
        #expect(try await renew(worker) == nil)
        try await store.clearUp(limit: 100)
        #expect(try await renew(worker) == nil)
        #expect(try await store.lease(by: worker) == [])
        let next = try await store.register()
        #expect(try await renew(next) != nil)
        // The fresh job and the outcome are there at once, and the delay and the pause have their length.
        #expect(try await store.lease(by: next) == [ids[4]])
        #expect(try await store.takeDeliveries(limit: 10, for: .seconds(60)).map(\.id) == [ids[0]])
        clock.advance(by: .seconds(31))
        #expect(try await store.lease(by: next) == [ids[1]])
        #expect(try await renew(next)?.pauses == [])
        // The worker of before is dead after its time to live, and its death isn't counted.
        clock.advance(by: .seconds(30))
        #expect(try await store.clearUp(limit: 100).deadWorkers == [worker])
        let rest = try await store.lease(LeaseRequest("example", endpoints: ["example.video"], limit: 9), by: next)
        #expect(rest.map(\.id) == [ids[2], ids[3]])
        #expect(rest.allSatisfy { $0.stored.deaths == 0 })
        #expect(try await store.problems() == [])
    }

    @Test func `a jump back without any worker is found, too`() async throws {
        let ids = try await store.add(1...1)
        clock.advance(by: .seconds(-3_600))
        let worker = try await store.register()
        #expect(try await store.lease(by: worker) == [])
        try await store.clearUp(limit: 100)
        #expect(try await store.lease(by: worker) == ids)
    }

    @Test func `a correction by seconds changes nothing`() async throws {
        try await store.add(1...1)
        let worker = try await store.register()
        try await store.lease(by: worker)
        for seconds in [-4, 3, -5] {
            clock.advance(by: .seconds(seconds))
            #expect(try await renew(worker) != nil)
            #expect(try await store.clearUp(limit: 10) == ClearUpResult())
        }
    }

    @Test func `a job ends by its deadline once after jumps in both directions`() async throws {
        try await store.add(1...1)
        for seconds in [3_600, -3_600, -3_600, 7_200, 86_400 + 3_700] {
            clock.advance(by: .seconds(seconds))
            try await store.clearUp(limit: 10)
        }
        #expect(try await store.takeDeliveries(limit: 10, for: .seconds(60)).map(\.end.kind) == [.deadline])
        #expect(try await store.problems() == [])
    }
}
