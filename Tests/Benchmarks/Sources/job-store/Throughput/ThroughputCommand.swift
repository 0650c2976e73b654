import ArgumentParser
import FetchJobs
import Foundation
import JobStores
import Measuring

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

    @Option(help: "The number of rounds. The best one counts, since others share the machine.")
    var rounds = 3

    func validate() throws {
        guard jobs >= batch, batch > 0, rounds > 0 else { throw ValidationError("There must be a batch at least.") }
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
        var (add, lease, record, take, acknowledge) = (CallTimes(), CallTimes(), CallTimes(), CallTimes(), CallTimes())
        let worker = try await store.register("job-store", timeToLive: .seconds(3_600))
        for start in stride(from: first, to: first + jobs, by: batch) {
            let new = try (start..<min(start + batch, first + jobs)).map { try SampleJobs.job($0) }
            _ = try await add.measure(\.count) { try await store.add(new) }
        }
        var leased: [StoredJobID] = []
        while leased.count < jobs {
            let page = try await lease.measure(\.count) { try await store.lease(SampleJobs.lease(batch), by: worker) }
            guard !page.isEmpty else { throw ValidationError("Only \(leased.count) of \(jobs) jobs were leased.") }
            leased += page.map(\.id)
        }
        for start in stride(from: 0, to: leased.count, by: batch) {
            let ends = leased[start..<min(start + batch, leased.count)].map(SampleJobs.end)
            let recorded = try await record.measure(\.count) { try await store.record(ends, by: worker) }
            guard recorded.count == ends.count else { throw ValidationError("An outcome wasn't recorded.") }
        }
        var taken = 0
        while taken < jobs {
            let outcomes = try await take.measure(\.count) {
                try await store.takeDeliveries(limit: batch, for: .seconds(3_600))
            }
            guard !outcomes.isEmpty else { throw ValidationError("Only \(taken) of \(jobs) outcomes were delivered.") }
            taken += outcomes.count
            try await acknowledge.measure({ outcomes.count }) { try await store.acknowledge(outcomes.map(\.id)) }
        }
        try await store.deregister(worker)
        let times = [
            ("add", add), ("lease", lease), ("record", record), ("take", take), ("acknowledge", acknowledge),
        ]
        return times.map { $0.1.figure($0.0, of: options.store.rawValue, batch: batch) }
    }
}
