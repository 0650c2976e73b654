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
        subcommands: [Compare.self, Measure.self],
        defaultSubcommand: Compare.self
    )

    /// Measures both ways.
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)

        @Argument(help: "The number of jobs.")
        var jobs: Int

        @Option(help: "The number of requests per second for all jobs together.")
        var rate = 10_000.0

        @Flag(help: "Measure only the batch.")
        var alone = false

        func validate() throws {
            guard jobs > 0, rate > 0, rate.isFinite else {
                throw ValidationError("Jobs and rate must be positive.")
            }
        }

        func run() async throws {
            let batch = try figure(.batch)
            try Report.write(batch, line: batch.line)
            guard !alone else { return }
            let tasks = try figure(.tasks)
            try Report.write(tasks, line: tasks.line)
            let comparison = ScaleComparison(batch: batch, tasks: tasks)
            try Report.write(comparison, line: comparison.line)
        }

        private func figure(_ mode: Figure.Mode) throws -> Figure {
            let process = Process()
            let output = Pipe()
            process.executableURL = Bundle.main.executableURL
            process.arguments = ["measure", mode.rawValue, "\(jobs)", "--rate", "\(rate)"]
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw ExitCode(process.terminationStatus) }
            return try JSONDecoder().decode(Figure.self, from: data)
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

extension Figure.Mode: ExpressibleByArgument {}
