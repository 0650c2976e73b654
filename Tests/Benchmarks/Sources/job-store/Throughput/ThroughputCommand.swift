import ArgumentParser
import FetchJobs
import Foundation
import JobStores
import Measuring
import Synchronization

/// The subcommand that measures the functions of a store in batches.
struct ThroughputCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "throughput",
        abstract: "Measures how many jobs a store adds, leases and records per second."
    )

    @OptionGroup var options: StoreOptions

    @Option(help: "The number of jobs.")
    var jobs = 100_000

    @Option(help: "The number of jobs of each call.")
    var batch = 1_000

    @Option(help: "The number of calls at a time, each of a worker of its own.")
    var callers = 2

    @Option(help: "The number of rounds. The best one counts, since others share the machine.")
    var rounds = 3

    func validate() throws {
        guard jobs >= batch, batch > 0, callers > 0, rounds > 0 else {
            throw ValidationError("There must be a batch, a caller and a round at least.")
        }
    }

    func run() async throws {
        let store = try options.location(named: "job_store_\(ProcessInfo.processInfo.processIdentifier)").open()
        var best: [String: StoreFigure] = [:]
        for round in 0..<rounds {
            for figure in try await measure(from: round * jobs, store) {
                if figure.perSecond > best[figure.function]?.perSecond ?? 0 { best[figure.function] = figure }
            }
        }
        var misses = 0
        for figure in best.values.sorted(by: { $0.function < $1.function }) {
            try Report.write(figure, line: figure.line)
            guard let bound = figure.bound, figure.perSecond < bound else { continue }
            misses += 1
            FileHandle.standardError.write(Data("  missed: \(figure.function) \(Int(bound)) /s\n".utf8))
        }
        if misses > 0 { throw ExitCode.failure }
    }

    private func measure(from first: Int, _ store: any JobStore) async throws -> [StoreFigure] {
        var workers: [WorkerID] = []
        for _ in 0..<callers { workers.append(try await store.register("job-store", timeToLive: .seconds(3_600))) }
        let new = try stride(from: first, to: first + jobs, by: batch).map { start in
            try (start..<min(start + batch, first + jobs)).map { try SampleJobs.job($0) }
        }
        let add = try await Phase.measure(callers, pages: new) { try await store.add($0).count }

        let pages = Mutex<[LeasedPage]>([])
        let lease = try await Phase.measure(callers, items: jobs) { [batch, workers] caller in
            let worker = workers[caller]
            let ids = try await store.lease(SampleJobs.lease(batch), by: worker).map(\.id)
            pages.withLock { $0.append(LeasedPage(worker: worker, jobs: ids)) }
            return ids.count
        }
        let leased = pages.withLock { $0 }
        let record = try await Phase.measure(callers, pages: leased) { page in
            try await store.record(page.jobs.map(SampleJobs.end), by: page.worker).count
        }

        let taken = Mutex<[[StoredJobID]]>([])
        let take = try await Phase.measure(callers, items: jobs) { [batch] _ in
            let ids = try await store.takeDeliveries(limit: batch, for: .seconds(3_600)).map(\.id)
            taken.withLock { $0.append(ids) }
            return ids.count
        }
        let deliveries = taken.withLock { $0 }
        let acknowledge = try await Phase.measure(callers, pages: deliveries) { ids in
            try await store.acknowledge(ids)
            return ids.count
        }
        for worker in workers { try await store.deregister(worker) }
        let phases = [
            ("add", add), ("lease", lease), ("record", record), ("take", take), ("acknowledge", acknowledge),
        ]
        return try phases.map { function, phase in
            guard phase.items == jobs else {
                throw ValidationError("\(function): \(phase.items) of \(jobs) jobs.")
            }
            return phase.figure(function, of: options.store.rawValue, callers: callers, batch: batch)
        }
    }
}

/// The jobs of one lease.
private struct LeasedPage: Sendable {
    let worker: WorkerID
    let jobs: [StoredJobID]
}
