import Synchronization
import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import JobStores

/// A run of one seed: the provider, the application and the disturbances in this process, workers and a reader in
/// others.
struct FleetRun: Sendable {
    let location: StoreLocation
    let seed: UInt64
    let jobs: Int
    let workers: Int
    let minutes: Double
    let timeToLive: Double
    let limit: Int
    /// The mean time between two disturbances in seconds.
    let interval: Double

    /// The seconds after a death within which its jobs are polled again.
    private var recoveryBound: Double { timeToLive * 7 / 6 + max(timeToLive / 12, 2.5) }

    /// The share of the time in which jobs are added.
    private static let addingShare = 0.8

    func report() async throws -> FleetReport {
        let plans = (0..<jobs).map { FleetJob(seed: seed, number: $0) }
        let provider = Provider(plans, seed: seed, limit: limit, start: .now)
        let server = try LoopbackServer { await provider.response(to: $0) }
        defer { server.stop() }
        let deliveries = URL.temporaryDirectory.appending(path: "job-fleet-\(UUID()).jsonl")
        try Data().write(to: deliveries)
        defer { try? FileManager.default.removeItem(at: deliveries) }
        try await cancelOneJob(recording: RecordTable(location).creator)
        let run = FleetContext(store: try location.open(), provider: provider, timeToLive: timeToLive)
        let slots = try WorkerSlots(workers: workers) { number, isReader in
            try process(number, isReader: isReader, server.url, deliveries, run)
        }
        try await withThrowingTaskGroup { group in
            let application = Application(run: run)
            group.addTask { try await application.retryParkedJobs() }
            group.addTask { try await application.probe() }
            try await disturb(run, slots, application)
            try await waitForDeliveries(run, deliveries)
            group.cancelAll()
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
        let ends = await slots.end(within: .seconds(max(timeToLive / 3, 5)))
        if ends.contains(nil) { run.report("a worker didn't end in order") }
        run.log.withLock { $0.orderlyEnds += ends.compactMap(\.self) }
        return try await report(run, deliveries)
    }

    private func disturb(_ run: FleetContext, _ slots: WorkerSlots, _ application: Application) async throws {
        let end = minutes * 60
        let disturbances = Disturbances(run: run, slots: slots, interval: interval)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await application.addJobs(until: end * Self.addingShare) }
            group.addTask { try await disturbances.disturb(seed: seed, until: end) }
        }
    }

    /// Waits until each job has been delivered, at most a few times to live after the last disturbance.
    private func waitForDeliveries(_ run: FleetContext, _ file: URL) async throws {
        let end = run.now + timeToLive * 3 + 120
        while run.now < end {
            try await Task.sleep(for: .seconds(1))
            let lines = try Data(contentsOf: file).count { $0 == 10 } / 2
            if lines >= jobs, Set(Self.read(file).outcomes.map(\.id)).count >= jobs { return }
        }
    }

    /// Starts a process.
    private func process(
        _ number: Int,
        isReader: Bool,
        _ provider: URL,
        _ deliveries: URL,
        _ run: FleetContext
    ) throws -> ChildProcess {
        let options =
            isReader
            ? ["reader", "--file", deliveries.path]
            : [
                "worker", "--number", "\(number)", "--provider", provider.absoluteString, "--limit", "\(limit)",
                "--time-to-live", "\(timeToLive)",
            ]
        return try ChildProcess(number: number, options + location.arguments, environment: location.environment) {
            number,
            line in
            run.log.withLock { $0.take(line, of: number, at: run.now) }
        }
    }

    /// Adds a job and cancels it, so that a recorder runs in a transaction of the store, and takes its delivery.
    private func cancelOneJob(recording recorder: @escaping OutcomeRecorder) async throws {
        let store = try location.open(recording: recorder)
        let job = try JobReference(endpoint: "fleet.record", id: UUID().uuidString)
        try await store.add([DurableJob(job)])
        try await store.cancel(job, tenant: nil)
        let taken = try await store.takeDeliveries(limit: 1_000, for: .milliseconds(1))
        try await store.acknowledge(taken.filter { $0.job.job == job }.map(\.id))
    }

    private func report(_ run: FleetContext, _ deliveries: URL) async throws -> FleetReport {
        var report = FleetReport(
            store: location.kind.rawValue,
            seed: seed,
            jobs: jobs,
            workers: workers,
            minutes: minutes,
            timeToLive: timeToLive,
            interval: interval,
            limit: limit,
            recoveryBound: recoveryBound
        )
        report.seconds = run.now
        let (books, log) = (run.provider.record, run.log.withLock { $0 })
        var stored: [Int: StoredOutcome] = [:]
        for job in run.provider.jobs {
            stored[job.number] = try await run.store.outcome(of: try job.reference, tenant: job.tenant)
        }
        let waiting = try await run.store.jobs(JobPage(.waiting, limit: 1_000))
        report.problems += waiting.prefix(5).map { "job \($0.job.job.id) is still waited for" }
        report.add(books)
        report.compare(stored, run.provider.jobs, books)
        let read = Self.read(deliveries)
        if read.broken > log.killedReaders { report.problems.append("\(read.broken) deliveries can't be read") }
        report.compare(read.outcomes, stored, log)
        let counts = SharedCounts()
        try await cancelOneJob(recording: RecordTable(location).reader(into: counts))
        report.compare(counts.value.withLock { $0 }, stored)
        report.add(log, Recovery(log, books, stored, bound: recoveryBound))
        return report
    }

    /// Returns the deliveries in a file, and the number of lines that are broken.
    private static func read(_ file: URL) -> (outcomes: [StoredOutcome], broken: Int) {
        let decoder = JSONDecoder()
        let lines = ((try? Data(contentsOf: file)) ?? Data()).split(separator: 10)
        let outcomes = lines.compactMap { try? decoder.decode(StoredOutcome.self, from: $0) }
        return (outcomes, lines.count - outcomes.count)
    }
}
