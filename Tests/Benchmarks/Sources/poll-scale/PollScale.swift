import ArgumentParser
import Foundation
import Measuring

/// A benchmark of polling very many jobs.
@main
struct PollScale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll-scale",
        abstract: "Measures the cost of polling many jobs, with a batch and with a sleeping task for each job.",
        discussion: """
            Standard output has one JSON object for each mode and one that compares them, standard error a table. Each
            mode runs in its own process.
            """,
        subcommands: [Compare.self, Measure.self, MeasureSharedJobs.self],
        defaultSubcommand: Compare.self
    )

    /// Measures both ways.
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)

        @Argument(help: "The number of jobs.")
        var jobs: Int?

        @Option(help: "Measures this number of waits for one job, in place of a number of jobs.")
        var sameJob: Int?

        @Option(help: "The number of requests per second for all jobs together.")
        var rate = 10_000.0

        @Flag(help: "Measure only the batch.")
        var alone = false

        func validate() throws {
            guard (jobs == nil) != (sameJob == nil) else {
                throw ValidationError("Give either a number of jobs or --same-job.")
            }
            guard jobs ?? 1 > 0, sameJob ?? 1 > 0, rate > 0, rate.isFinite else {
                throw ValidationError("Jobs, waits and rate must be positive.")
            }
        }

        func run() async throws {
            if let sameJob { return try compareWaits(sameJob) }
            guard let jobs else { return }
            let batch = try figure(.batch, jobs)
            try Report.write(batch, line: batch.line)
            guard !alone else { return }
            let tasks = try figure(.tasks, jobs)
            try Report.write(tasks, line: tasks.line)
            let comparison = ScaleComparison(batch: batch, tasks: tasks)
            try Report.write(comparison, line: comparison.line)
        }

        private func compareWaits(_ waits: Int) throws {
            let many: SharedJobFigure = try measured(["measure-shared-jobs", "\(waits)", "--per-job", "200"])
            try Report.write(many, line: many.line)
            let one: SharedJobFigure = try measured(["measure-shared-jobs", "\(waits)", "--per-job", "\(waits)"])
            try Report.write(one, line: one.line)
            let comparison = SharedJobComparison(one: one, many: many)
            try Report.write(comparison, line: comparison.line)
        }

        private func figure(_ mode: Figure.Mode, _ jobs: Int) throws -> Figure {
            try measured(["measure", mode.rawValue, "\(jobs)", "--rate", "\(rate)"])
        }

        /// Runs a measurement in a process of its own.
        private func measured<Result: Decodable>(_ arguments: [String]) throws -> Result {
            let process = Process()
            let output = Pipe()
            process.executableURL = Bundle.main.executableURL
            process.arguments = arguments
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw ExitCode(process.terminationStatus) }
            return try JSONDecoder().decode(Result.self, from: data)
        }
    }

    /// Measures one mode, in this process.
    struct Measure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measures one mode.",
            shouldDisplay: false
        )

        @Argument var mode: Figure.Mode
        @Argument var jobs: Int
        @Option var rate = 10_000.0

        func run() async throws {
            let figure = try await ScaleMeasurement(load: PollingLoad(jobs: jobs, rate: rate), mode: mode).measured()
            FileHandle.standardOutput.write(try JSONEncoder().encode(figure))
        }
    }
}

/// Measures waits that share jobs, in this process.
struct MeasureSharedJobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-shared-jobs",
        abstract: "Measures waits that share jobs.",
        shouldDisplay: false
    )

    @Argument var waits: Int
    @Option var perJob: Int

    func run() async throws {
        let figure = try await SharedJobMeasurement(waits: waits, waitsPerJob: perJob).measured()
        FileHandle.standardOutput.write(try JSONEncoder().encode(figure))
    }
}

extension Figure.Mode: ExpressibleByArgument {}
