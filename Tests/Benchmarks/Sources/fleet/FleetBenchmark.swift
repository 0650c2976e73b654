import ArgumentParser
import FetchTesting
import Foundation
import Measuring

/// A benchmark of a large fleet on a virtual clock.
@main
struct FleetBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet",
        abstract: "Runs a fleet of workers that die, over the store in memory and on a virtual clock.",
        discussion: """
            Standard output has one JSON object, standard error a table. It exits with 1 if a job is lost, or if an \
            outcome is recorded twice.
            """
    )

    @Argument(help: "The number of jobs.")
    var jobs = 200_000

    @Option(help: "The number of workers.")
    var workers = 200

    @Option(help: "The time in minutes over which the jobs are added.")
    var minutes = 30.0

    @Option(help: "The mean life of a worker in minutes. The deaths of all workers are spread at random.")
    var life = 100.0

    func validate() throws {
        guard jobs > 0, workers > 0, minutes > 0, life > 0 else {
            throw ValidationError("All numbers must be positive.")
        }
    }

    func run() async throws {
        let fleet = BenchmarkFleet(jobs: jobs, workers: workers, minutes: minutes, meanLife: life)
        let usage = Usage()
        var figure = try await fleet.run()
        (figure.seconds, figure.cpuSeconds) = usage.spent
        figure.peakMegabytes = Double(Memory.peak) / 1e6
        try Report.write(figure, line: figure.table)
        if figure.lost > 0 || figure.recordedTwice > 0 { throw ExitCode(1) }
    }
}
