import FetchCore
import FetchJobs
import FetchSQLite
import FetchServiceLifecycle
import FetchTesting
import Foundation
import Logging
import ServiceLifecycle
import Testing

/// A store in a file runs on threads of its own, so these tests run in real time.
@Suite("Shutdown with SQLite", .timeLimit(.minutes(1))) struct SQLiteShutdownTests {
    /// Waits until all jobs of a store are leased.
    private func waitForLeases(_ store: SQLiteJobStore) async throws {
        while try await store.jobs(JobPage(.waiting)).contains(where: { $0.worker == nil }) {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Runs a worker until all jobs are leased, and shuts it down.
    ///
    /// - Returns: The time of the shutdown.
    private func runUntilLeased(_ store: SQLiteJobStore) async throws -> Duration {
        let client = FetchClient(
            registry: try EndpointRegistry(Clip()),
            transport: ScriptedTransport([.silence]),
            credentials: .fixed(["example": APIKey("test-key")])
        )
        let worker = JobWorker(client: client, store: store)
        let group = ServiceGroup(
            services: [JobWorkerService(worker), JobDeliveriesService(of: store) { _ in }],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await waitForLeases(store)
            let beginning = ContinuousClock.now
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return ContinuousClock.now - beginning
        }
    }

    @Test func `a shutdown gives all leases back, and the next worker leases at once`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteJobStore(path: folder.appending(path: "jobs.sqlite").path())
        try await store.add((1...50).map { try DurableJob("example.clip:\($0)") })
        for _ in 1...2 {
            let time = try await runUntilLeased(store)
            #expect(time < .seconds(2))
            #expect(try await store.jobs(JobPage(.waiting)).allSatisfy { $0.worker == nil && $0.deaths == 0 })
            #expect(try await store.overview().fleet.workers.isEmpty)
        }
    }
}
