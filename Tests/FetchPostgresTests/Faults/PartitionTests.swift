import FetchCore
import FetchJobs
import FetchPostgres
import FetchTesting
import Foundation
import Testing
import TestSupport

extension PostgresTests {
    @Suite("A divided network") struct PartitionTests {
        /// Calls a function with a store behind a proxy, whose time limits are a third of a second.
        private func withProxy(
            _ body: (PostgresJobStore, TCPProxy, _ direct: PostgresJobStore) async throws -> Void
        ) async throws {
            let database = try TestDatabase()
            let proxy = try TCPProxy(to: database.port)
            try await database.withStore { direct, schema in
                _ = try await direct.overview()
                let store = try PostgresJobStore(
                    database.url(port: proxy.port),
                    schema: schema,
                    testing: .init(limit: .milliseconds(300))
                )
                try await body(store, proxy, direct)
            }
        }

        @Test func `a server that doesn't respond delays a call no longer than stated`() async throws {
            try await withProxy { store, proxy, _ in
                let ids = try await store.add(0..<3)
                proxy.set(.drop)
                let worker = WorkerID(rawValue: 1)
                // The open connection, and then one that can't be opened.
                for _ in 1...2 {
                    let start = ContinuousClock.now
                    let error = await #expect(throws: JobStoreError.self) { try await store.lease(3, by: worker) }
                    #expect(error?.isRetryable == true)
                    #expect(start.duration(to: .now) < .seconds(3))
                    let renewal = await #expect(throws: JobStoreError.self) {
                        try await store.renew(FleetWorker(id: worker), timeToLive: .seconds(60))
                    }
                    #expect(renewal?.isRetryable == true)
                }
                proxy.set(.forward)
                #expect(try await store.jobs(JobPage(.waiting)).map(\.id) == ids)
            }
        }

        @Test func `cancellation ends a call at once`() async throws {
            let database = try TestDatabase()
            let proxy = try TCPProxy(to: database.port)
            try await database.withStore { _, schema in
                let store = try PostgresJobStore(database.url(port: proxy.port), schema: schema)
                try await store.add(0..<1)
                proxy.set(.drop)
                let call = Task { try await store.add(0..<1) }
                // The pool has four connections: the fifth call waits for one.
                let others = (0..<4).map { _ in Task { try await store.overview() } }
                try await Task.sleep(for: .milliseconds(50))
                let start = ContinuousClock.now
                for task in others { task.cancel() }
                call.cancel()
                await #expect(throws: CancellationError.self) { try await call.value }
                for task in others { await #expect(throws: CancellationError.self) { try await task.value } }
                #expect(start.duration(to: .now) < .seconds(2))
                proxy.set(.forward)
                #expect(try await store.overview().waitingJobs == 1)
            }
        }

        @Test func `results that are lost after the commit lose and double nothing`() async throws {
            try await withProxy { store, proxy, direct in
                proxy.set(.forward)
                let jobs = try (0..<20).map { try DurableJob("example.video:\($0)") }
                /// Loses the result of a call, and calls again.
                func twice<Value>(_ call: () async throws -> Value) async throws -> Value {
                    _ = try await store.overview()
                    proxy.set(.cutResponses)
                    let error = await #expect(throws: JobStoreError.self) { _ = try await call() }
                    #expect(error?.isRetryable == true)
                    proxy.set(.forward)
                    return try await call()
                }
                let results = try await twice { try await store.add(jobs) }
                #expect(results.allSatisfy { if case .alreadyWaiting = $0 { true } else { false } })
                let worker = try await store.register("w", timeToLive: .seconds(60))
                #expect(try await twice { try await store.lease(20, by: worker) }.isEmpty)
                let leased = try await store.leases(of: worker, after: nil, limit: 100).map(\.id)
                #expect(leased.count == 20)
                let returned = leased.prefix(5).map { ReturnedJob($0) }
                try await twice { try await store.giveBack(returned, by: worker) }
                #expect(try await store.leases(of: worker, after: nil, limit: 100).count == 15)
                let ends = leased.dropFirst(5).map { EndedJob($0, JobEnd(.succeeded)) }
                #expect(try await twice { try await store.record(ends, by: worker) }.count == 15)
                let outcome = try await twice { try await store.cancel(jobs[0].job, tenant: nil) }
                #expect(outcome?.end.kind == .cancelled)
                #expect(try await twice { try await store.takeDeliveries(limit: 100, for: .seconds(60)) }.isEmpty)
                #expect(proxy.cuts == 6)
                #expect(try await direct.overview().undeliveredOutcomes == 16)
                #expect(try await direct.jobs(JobPage(.waiting)).count == 4)
            }
        }

        @Test func `a renewal that was given up has no effect after a later one`() async throws {
            let database = try TestDatabase()
            let proxy = try TCPProxy(to: database.port)
            try await database.withStore { direct, schema in
                let store = try PostgresJobStore(
                    database.url(port: proxy.port),
                    schema: schema,
                    testing: .init(limit: .milliseconds(300))
                )
                let worker = try await store.register("w", timeToLive: .seconds(60))
                let account = ProviderAccount("example")
                let report = { FleetWorker(id: worker, jobs: [account: $0]) }
                _ = try await store.renew(report(1), timeToLive: .seconds(60))
                // The server receives it a second later.
                proxy.set(.delay(.seconds(1)))
                await #expect(throws: JobStoreError.self) { try await store.renew(report(2), timeToLive: .seconds(60)) }
                proxy.set(.forward)
                _ = try await store.renew(report(3), timeToLive: .seconds(60))
                try await Task.sleep(for: .seconds(2))
                #expect(try await direct.overview().fleet.workers.map(\.jobs) == [[account: 3]])
            }
        }

        @Test func `a slow network changes no result`() async throws {
            try await withProxy { store, proxy, _ in
                proxy.set(.delay(.milliseconds(20)))
                try await store.add(0..<20)
                let worker = try await store.register("w", timeToLive: .seconds(60))
                #expect(try await store.endAll(by: worker) == 20)
            }
        }

        @Test func `a connection that was closed while idle is replaced`() async throws {
            try await withProxy { store, proxy, _ in
                try await store.add(0..<1)
                let before = proxy.connections
                proxy.set(.refuse)
                await #expect(throws: JobStoreError.self) { try await store.overview() }
                proxy.set(.forward)
                #expect(try await store.overview().waitingJobs == 1)
                #expect(proxy.connections > before)
            }
        }
    }
}
