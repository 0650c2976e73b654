import FetchJobs
import FetchSQLite
import Foundation
import Testing

@Suite("A service as a process", .timeLimit(.minutes(2))) struct ProcessTests {
    @Test func `at SIGTERM, a process gives its jobs back, writes its telemetry and exits`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteJobStore(path: folder.appending(path: "jobs.sqlite").path(percentEncoded: false))
        let service = try ServiceProcess(in: folder)
        do {
            // The outcome of one job is saved, and the others are polled.
            while try await !isPolling(store) { try await Task.sleep(for: .milliseconds(20)) }
        } catch {
            kill(service.id, SIGKILL)
            throw error
        }

        let beginning = ContinuousClock.now
        kill(service.id, SIGTERM)
        #expect(await service.exitStatus() == 0)
        #expect(ContinuousClock.now - beginning < .seconds(2))

        let jobs = try await store.jobs(JobPage(.waiting))
        #expect(jobs.count >= 17)
        #expect(jobs.allSatisfy { $0.worker == nil && $0.deaths == 0 })
        #expect(try await store.overview().fleet.workers.isEmpty)
        let log = try String(contentsOf: folder.appending(path: "log"), encoding: .utf8)
        #expect(log.contains("Job succeeded"))
        #expect(log.contains("Outcome is saved"))
        #expect(log.contains("Everything was given back"))
        #expect(!log.contains("sk-simulated"))
    }

    private func isPolling(_ store: SQLiteJobStore) async throws -> Bool {
        let jobs = try await store.jobs(JobPage(.waiting))
        guard try await store.outcome(of: "modelslab.video:1") != nil else { return false }
        guard try await store.overview().undeliveredOutcomes == 0 else { return false }
        return jobs.count >= 17 && jobs.allSatisfy { $0.worker != nil }
    }
}

extension SQLiteJobStore {
    fileprivate func outcome(of reference: String) async throws -> StoredOutcome? {
        try await outcome(of: DurableJob(reference).job, tenant: nil)
    }
}
