import ArgumentParser
import FetchJobs
import Foundation
import JobStores
import Measuring

/// The subcommand that compares leases beside many outcomes with those of an empty store.
struct LatencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lease-latency",
        abstract: "Compares the times of leases in a store with millions of outcomes with those in an empty one."
    )

    private static let bound = 2.0

    @OptionGroup var options: StoreOptions

    @Option(help: "The number of outcomes.")
    var outcomes = 5_000_000

    @Option(help: "The number of leases in each round.")
    var leases = 300

    @Option(help: "The number of jobs of a lease.")
    var batch = 100

    @Option(help: "The number of rounds. The best one counts, since others share the machine.")
    var rounds = 3

    func validate() throws {
        guard outcomes > 0, leases >= 100, batch > 0, rounds > 0 else {
            throw ValidationError("Numbers must be positive, with a hundred leases at least.")
        }
    }

    func run() async throws {
        let location = options.location(named: "job_store_\(ProcessInfo.processInfo.processIdentifier)")
        let store = try location.open()
        let empty = try await measure(store, from: 0)
        let start = ContinuousClock.now
        try await location.fill(store, outcomes: outcomes)
        let filling = (ContinuousClock.now - start) / .seconds(1)
        let full = try await measure(store, from: rounds * leases * batch)
        let figure = LatencyFigure(
            store: options.store.rawValue,
            outcomes: outcomes,
            batch: batch,
            emptyP50: empty.quantile(0.5) * 1_000,
            emptyP99: empty.quantile(0.99) * 1_000,
            p50: full.quantile(0.5) * 1_000,
            p99: full.quantile(0.99) * 1_000,
            filling: filling
        )
        try Report.write(figure, line: figure.line)
        guard figure.ratio > Self.bound else { return }
        FileHandle.standardError.write(Data("  missed: at most \(Self.bound) times the p99 of the empty store\n".utf8))
        throw ExitCode.failure
    }

    /// Measures rounds of leases, and returns the times of the one with the lowest 99th percentile.
    private func measure(_ store: any JobStore, from first: Int) async throws -> CallTimes {
        var best: CallTimes?
        for round in 0..<rounds {
            let worker = try await store.register("job-store", timeToLive: .seconds(3_600))
            let begin = first + round * leases * batch
            for start in stride(from: begin, to: begin + leases * batch, by: 1_000) {
                let end = min(start + 1_000, begin + leases * batch)
                try await store.add((start..<end).map { try SampleJobs.job($0, series: 1) })
            }
            var times = CallTimes()
            for _ in 0..<leases {
                let jobs = try await times.measure {
                    try await store.lease(SampleJobs.lease(batch), by: worker)
                }
                guard jobs.count == batch else { throw ValidationError("A lease had \(jobs.count) jobs.") }
                _ = try await store.record(jobs.map { SampleJobs.end($0.id) }, by: worker)
            }
            try await store.deregister(worker)
            if best.map({ times.quantile(0.99) < $0.quantile(0.99) }) ?? true { best = times }
        }
        return best ?? CallTimes()
    }
}

/// The times of leases in an empty store and in one with outcomes, in milliseconds.
struct LatencyFigure: Encodable {
    var benchmark = "job-store"
    let store: String
    let outcomes: Int
    let batch: Int
    let emptyP50: Double
    let emptyP99: Double
    let p50: Double
    let p99: Double
    /// The seconds in which the outcomes were written.
    let filling: Double

    var ratio: Double { p99 / emptyP99 }

    var line: String {
        Report.column(store, 10) + "a lease of \(batch): \(emptyP50.shown) ms, p99 \(emptyP99.shown) ms; "
            + "beside \(outcomes) outcomes \(p50.shown) ms, p99 \(p99.shown) ms, × \(ratio.ratio)"
    }
}
