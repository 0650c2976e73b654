import ArgumentParser
import Foundation
import JobStores
import Measuring

/// The subcommand that runs all seeds.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", shouldDisplay: false)

    @OptionGroup var options: StoreOptions

    @Option(name: .customLong("seed"), help: "The seed of the random decisions; may be repeated.")
    var seeds: [UInt64] = [1]

    @Option(help: "The number of jobs.")
    var jobs = 10_000

    @Option(help: "The number of workers.")
    var workers = 4

    @Option(help: "The number of minutes in which processes are killed and suspended.")
    var minutes = 10.0

    @Option(help: "The time to live of a worker in seconds.")
    var timeToLive = 60.0

    @Option(help: "The number of requests in flight that the provider allows each account.")
    var limit = 16

    @Option(help: "The mean time between two disturbances in seconds. Defaults to the time to live.")
    var interval: Double?

    func validate() throws {
        guard jobs > 0, workers > 1, minutes > 0, timeToLive >= 3, interval ?? 1 > 0, limit >= workers else {
            throw ValidationError("There must be two workers, three seconds to live and a request for each at least.")
        }
        guard options.store != .memory else { throw ValidationError("Processes can't share a store in memory.") }
    }

    func run() async throws {
        // Writing to a process that has ended fails, and is of no use.
        signal(SIGPIPE, SIG_IGN)
        var (misses, isLate) = (0, false)
        for seed in seeds {
            let name = "job_fleet_\(ProcessInfo.processInfo.processIdentifier)_\(seed)"
            let run = FleetRun(
                location: options.location(named: name),
                seed: seed,
                jobs: jobs,
                workers: workers,
                minutes: minutes,
                timeToLive: timeToLive,
                limit: limit,
                interval: interval ?? timeToLive
            )
            let report = try await run.report()
            try Report.write(report, line: report.table)
            misses += report.missed.count
            isLate = isLate || report.lateness != nil
            for miss in report.missed + [report.lateness].compactMap(\.self) + report.problems.prefix(20) {
                FileHandle.standardError.write(Data("  missed: \(miss)\n".utf8))
            }
        }
        if misses > 0 { throw ExitCode.failure }
        if isLate { throw ExitCode(2) }
    }
}
