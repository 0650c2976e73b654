import FetchCore
import FetchJobs
import FetchPostgres
import FetchTesting
import Foundation
import Synchronization
import Testing

extension PostgresTests {
    @Suite("Rows that this version can't read") struct UnreadableRowTests {
        /// Makes the notes of jobs such that no decoder reads them.
        private func spoil(_ jobs: ArraySlice<StoredJobID>, _ store: PostgresJobStore, _ schema: String) async throws {
            let numbers = jobs.map { "\($0.rawValue)" }.joined(separator: ",")
            let note = "(repeat('[', 900) || repeat(']', 900))::json"
            try await store.execute("UPDATE \(schema).job SET note = \(note) WHERE id IN (\(numbers))")
        }

        @Test func `such a job is parked, and the others are leased`() async throws {
            try await TestDatabase().withStore { store, schema in
                let ids = try await store.add(0..<4)
                try await spoil(ids[1...1], store, schema)
                let worker = try await store.register("w", timeToLive: .seconds(60))
                #expect(try await store.lease(10, by: worker) == [ids[0], ids[2], ids[3]])
                #expect(try await store.leases(of: worker, after: nil, limit: 9).map(\.id) == [ids[0], ids[2], ids[3]])
                let parked = try await store.execute("SELECT id, reason FROM \(schema).stuck")
                #expect(parked == [[.integer(ids[1].rawValue), .text(StoredJob.reasonOfFormat)]])
                #expect(try await store.jobs(JobPage(.parked)).isEmpty)
                #expect(try await store.jobs(JobPage(.waiting, limit: 2)).map(\.id) == [ids[0], ids[2]])
                // A worker that can read it leases it after that.
                try await store.execute("UPDATE \(schema).job SET note = '1'")
                try await store.retry([ids[1]])
                #expect(try await store.lease(10, by: worker) == [ids[1]])
            }
        }

        @Test func `a page of leases without such a job is as long as one with it`() async throws {
            try await TestDatabase().withStore { store, schema in
                let ids = try await store.add(0..<5)
                let worker = try await store.register("w", timeToLive: .seconds(60))
                try await store.lease(10, by: worker)
                try await spoil(ids[0...1], store, schema)
                #expect(try await store.leases(of: worker, after: nil, limit: 2).map(\.id) == [ids[2], ids[3]])
                #expect(try await store.execute("SELECT count(*) FROM \(schema).stuck") == [[2]])
            }
        }

        @Test func `an outcome that can't be read waits for a reader that can`() async throws {
            let clock = TrialClock()
            try await TestDatabase().withStore(testing: .init { clock.date }) { store, schema in
                let ids = try await store.add(0..<4)
                let worker = try await store.register("w", timeToLive: .seconds(3_600))
                #expect(try await store.endAll(by: worker) == 4)
                let bodies = try await store.execute("SELECT body::text FROM \(schema).outcome LIMIT 1")
                guard case .text(let body)? = bodies.first?.first else { throw CancellationError() }
                try await store.execute(
                    "UPDATE \(schema).outcome SET body = '{}' WHERE job <= \(ids[1].rawValue)"
                )
                #expect(try await store.takeDeliveries(limit: 1, for: .seconds(60)).map(\.id) == [ids[2]])
                #expect(try await store.takeDeliveries(limit: 9, for: .seconds(60)).map(\.id) == [ids[3]])
                #expect(try await store.takeDeliveries(limit: 9, for: .seconds(60)).isEmpty)
                try await store.acknowledge(Array(ids[2...3]))
                #expect(try await store.overview().undeliveredOutcomes == 2)
                try await store.execute("UPDATE \(schema).outcome SET body = '\(body)'")
                clock.advance(by: .seconds(61))
                #expect(try await store.takeDeliveries(limit: 9, for: .seconds(60)).map(\.id) == Array(ids[0...1]))
            }
        }

        @Test func `an overdue job that the closure can't be given is left to others`() async throws {
            let clock = TrialClock()
            let recorded = Mutex<[StoredJobID]>([])
            let database = try TestDatabase()
            try await database.withStore(
                testing: .init { clock.date },
                recorder: { outcomes, _ in recorded.withLock { $0 += outcomes.map(\.id) } }
            ) { store, schema in
                let ids = try await store.add(0..<4)
                try await spoil(ids[0...1], store, schema)
                clock.advance(by: .seconds(2 * 86_400))
                #expect(try await store.clearUp(limit: 1).overdueJobs == 1)
                #expect(try await store.clearUp(limit: 9).overdueJobs == 1)
                #expect(try await store.clearUp(limit: 9).overdueJobs == 0)
                #expect(recorded.withLock(\.self) == Array(ids[2...3]))
                let other = try database.store(in: schema, testing: .init { clock.date })
                #expect(try await other.clearUp(limit: 9).overdueJobs == 2)
            }
        }

        @Test func `learned durations that can't be read are left out`() async throws {
            try await TestDatabase().withStore { store, schema in
                try await store.migrate()
                try await store.execute("INSERT INTO \(schema).durations VALUES ('example.video', 1, '7')")
                #expect(try await store.durations().isEmpty)
            }
        }
    }
}
