import ArgumentParser
import Foundation
import Measuring

/// What it costs to wait for very many jobs.
@main
struct PollScale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll-scale",
        abstract: "Measures what waiting for many jobs costs, beside a sleeping task for each.",
        discussion: """
            Standard output has one JSON object for each way of waiting and one that compares them, standard error a
            table. Each way is measured in a process of its own, one after the other.
            """,
        subcommands: [Compare.self, Measure.self],
        defaultSubcommand: Compare.self
    )

    /// Measures both ways.
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)

        @Argument(help: "How many jobs there are.")
        var jobs: Int

        @Option(help: "Requests in a second, of all jobs together.")
        var rate = 10_000.0

        @Flag(help: "Leave out the task for each job.")
        var alone = false

        func validate() throws {
            guard jobs > 0, rate > 0, rate.isFinite else {
                throw ValidationError("Jobs and rate are greater than zero.")
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

        private func figure(_ way: Figure.Way) throws -> Figure {
            let process = Process()
            let output = Pipe()
            process.executableURL = Bundle.main.executableURL
            process.arguments = ["measure", way.rawValue, "\(jobs)", "--rate", "\(rate)"]
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw ExitCode(process.terminationStatus) }
            return try JSONDecoder().decode(Figure.self, from: data)
        }
    }

    /// Measures one way, in this process.
    struct Measure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measures one way of waiting.",
            shouldDisplay: false
        )

        @Argument var way: Figure.Way
        @Argument var jobs: Int
        @Option var rate = 10_000.0

        func run() async throws {
            let figure = try await Wait(crowd: Crowd(jobs: jobs, rate: rate), way: way).measured()
            FileHandle.standardOutput.write(try JSONEncoder().encode(figure))
        }
    }
}

extension Figure.Way: ExpressibleByArgument {}
