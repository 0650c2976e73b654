import FetchCore
import FetchJobs
import FetchPostgres
import FetchSQLite
import FetchTesting
import Foundation

extension ExposureScenario {
    /// Collects what a store keeps of jobs whose provider echoes the key, and the values of a fleet.
    func collectJobs() async throws {
        let store = InMemoryJobStore(date: clock.wallClock)
        let jobs = try (1...7).map { try DurableJob("example.collecting:\($0)", note: ["row": 9]) }
        let results = try await store.add(jobs)
        let number = try await store.register("worker", timeToLive: .seconds(60))
        let request = LeaseRequest("example", endpoints: ["example.collecting"], limit: 6)
        let leased = try await store.lease(request, by: number)
        let ends = try await ends(of: leased)
        for ended in ends { collector.add(ended, ended.end, ended.end.kind) }
        _ = try await store.record(ends, by: number)
        let returned = ReturnedJob(StoredJobID(rawValue: 7), parkedReason: "a reason")
        try await store.giveBack([returned], by: number)
        let again = try await store.add(jobs)
        collector.add(store, number, request, returned)
        for result in results + again { collector.add(result, result.id) }
        for job in leased { collector.add(job, job.stored, job.stored.job) }
        try await collectFleet(of: store)
        try await collectDeliveries(of: store)
        try await collectStoreConformance()
        try await collectUnusableOutput()
        try await collectSQLite()
        let worker = JobWorker(client: client(try EndpointRegistry(endpoint)), store: store)
        collector.add(worker, worker.statistics, JobWorker.Configuration())
        await collectPostgres()
    }

    /// Collects the response that is kept of a job whose output can't be used.
    private func collectUnusableOutput() async throws {
        do {
            _ = try await client(try EndpointRegistry(endpoint)).result(JobReference("example.collecting:9"))
        } catch let error as FetchError {
            collector.add(error)
            guard case .end(let end) = JobDecision(error, isPastDeadline: false) else { return }
            collector.add(end)
            if let response = end.response { collector.add(response, response.response) }
        }
    }

    /// Returns the ends of leased jobs, which contain what the provider has echoed.
    private func ends(of leased: [LeasedJob]) async throws -> [EndedJob] {
        let client = client(try EndpointRegistry(endpoint))
        var ends: [EndedJob] = []
        for job in leased {
            do {
                let output = try await client.result(job.stored.job.job)
                ends.append(EndedJob(job.id, JobEnd(.succeeded, artifacts: output.outputArtifacts)))
            } catch let error as FetchError {
                ends.append(EndedJob(job.id, JobEnd(.failed, error: error)))
            }
        }
        return ends
    }

    private func collectFleet(of store: InMemoryJobStore) async throws {
        let worker = try await store.register("worker", timeToLive: .seconds(60))
        let account = ProviderAccount("example")
        try await store.pause(account, for: nil, because: "a reason")
        let report = FleetWorker(id: worker, jobs: [account: 1], appliedFleet: clock.date)
        if let fleet = try await store.renew(report, timeToLive: .seconds(60)) {
            let share = LimitShare(of: worker, in: FetchLimits(), of: account, memberSince: fleet.date, fleet)
            collector.add(fleet, share, account, report, fleet.pauses[0])
        }
        collector.add(try await store.overview(), try await store.clearUp(limit: 1))
        let page = JobPage(.waiting)
        for job in try await store.jobs(page) { collector.add(job) }
        collector.add(page, page.kind)
        do {
            try await store.add([DurableJob("example.collecting:1", tenant: String(repeating: "t", count: 300))])
        } catch let error as JobStoreError {
            collector.add(error, error.code)
        }
    }

    private func collectDeliveries(of store: InMemoryJobStore) async throws {
        let deliveries = store.deliveries(clock: clock)
        var iterator = deliveries.makeAsyncIterator()
        collector.add(deliveries, iterator)
        for _ in 1...6 {
            guard let delivery = try await iterator.next() else { return }
            collector.add(delivery, delivery.outcome)
        }
    }

    /// Collects a store in a file, the changes of its tables, and errors of its database. Without the library there is
    /// only its error.
    private func collectSQLite() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fetchkit-exposure-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        collector.add(SQLiteJobStore.Configuration(), SQLValue.text("a value"), SchemaStatus(version: 1))
        for change in SQLiteJobStore.schemaChanges { collector.add(change) }
        do {
            let path = folder.appending(path: "jobs.sqlite").path
            var environment = SQLiteEnvironment()
            // No time passes on the clock during a call.
            environment.executor = clock.taskExecutor
            let store = try SQLiteJobStore(path: path, .init(), environment, date: clock.wallClock)
            collector.add(store, try SQLiteJobStore.schemaStatus(path: path))
            try await store.add([DurableJob("example.collecting:1")])
            _ = try SQLiteJobStore(path: folder.path)
        } catch let error as JobStoreError {
            collector.add(error)
        }
    }

    /// The public types that need a library which isn't installed here.
    static var unavailableTypes: Set<String> {
        var types: Set<String> = []
        let postgres = try? PostgresJobStore("postgres://127.0.0.1:1/db")
        if postgres == nil { types.insert("FetchPostgres.PostgresJobStore") }
        if (try? SQLiteLibrary.system.get()) == nil { types.insert("FetchSQLite.SQLiteJobStore") }
        return types
    }

    /// Collects a store whose password is the key, and its error.
    private func collectPostgres() async {
        collector.add(PostgresJobStore.Configuration())
        do {
            let store = try PostgresJobStore("postgres://user:\(key)@127.0.0.1:1/db")
            collector.add(store)
            try await store.add([DurableJob("example.collecting:1")])
        } catch {
            collector.add(error)
        }
    }

    /// Runs the suite with a store whose clock stands still, so that there are violations.
    private func collectStoreConformance() async throws {
        let clock = clock
        let suite = JobStoreConformance { _ in InMemoryJobStore(date: clock.wallClock) }
        collector.add(suite)
        do {
            try await suite.check()
        } catch let failure as JobStoreConformanceFailure {
            collector.add(failure)
            for violation in failure.violations { collector.add(violation, violation.rule) }
        }
    }
}
