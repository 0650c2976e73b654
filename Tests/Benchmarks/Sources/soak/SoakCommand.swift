import ArgumentParser
import Foundation
import Measuring
import Soaking

/// A soak test that polls many jobs from a faulty server and checks that each has exactly one outcome.
@main
struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Polls many jobs of all families from a server with faults in every fifth response.",
        discussion: """
            Standard output has one JSON object for each seed, standard error a table. Each seed runs in its own process. The exit
            status is 1 if a job has no outcome, several outcomes or an outcome that differs from the server's, or if memory or \
            descriptors leak.
            """,
        subcommands: [All.self, One.self],
        defaultSubcommand: All.self
    )

    /// The subcommand that runs all seeds in sequence.
    struct All: AsyncParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)

        @Option(help: "The number of jobs.")
        var jobs = 10_000

        @Option(name: .customLong("seed"), help: "The seed of all random decisions; may be repeated.")
        var seeds: [UInt64] = [1, 2, 3]

        @Option(help: "The transport under test: curl or urlsession.")
        var transport = SoakTransport.standard

        @Option(help: "The time limit for a seed in seconds.")
        var timeLimit = 300

        func validate() throws {
            guard jobs >= 10, timeLimit > 0 else {
                throw ValidationError("--jobs must be at least 10, and --time-limit must be positive.")
            }
        }

        func run() async throws {
            var misses = 0
            for seed in seeds {
                let report = try report(seed)
                let missed = report.missed
                misses += missed.count
                try Report.write(report, line: report.line)
                for miss in missed { FileHandle.standardError.write(Data("  missed: \(miss)\n".utf8)) }
            }
            if misses > 0 { throw ExitCode.failure }
        }

        private func report(_ seed: UInt64) throws -> SoakReport {
            let process = Process()
            let output = Pipe()
            process.executableURL = Bundle.main.executableURL
            process.arguments = [
                "one", "\(seed)", "--jobs", "\(jobs)", "--transport", transport.rawValue, "--time-limit",
                "\(timeLimit)",
            ]
            process.standardOutput = output
            // With an arena per thread, the memory that glibc's malloc keeps would depend on the timing of the threads.
            process.environment = ProcessInfo.processInfo.environment.merging(["MALLOC_ARENA_MAX": "1"]) { set, _ in set
            }
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                // After a signal, the status is the signal's number.
                throw ValidationError("The process of seed \(seed) exited with status \(process.terminationStatus).")
            }
            return try JSONDecoder().decode(SoakReport.self, from: data)
        }
    }

    /// The subcommand that runs one seed in this process.
    struct One: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs one seed in this process.",
            shouldDisplay: false
        )

        @Argument var seed: UInt64
        @Option var jobs = 10_000
        @Option var transport = SoakTransport.standard
        @Option var timeLimit = 300

        func run() async throws {
            // A warm-up run allocates the permanent resources: Dispatch's timers, malloc's arenas, Foundation's caches.
            _ = try await Soak(jobs: 1_000, seed: seed, transport: transport).report()
            let soak = Soak(
                jobs: jobs,
                seed: seed,
                transport: transport,
                timeLimit: .seconds(timeLimit),
                memory: { Memory.resident }
            )
            FileHandle.standardOutput.write(try JSONEncoder().encode(try await soak.report()))
        }
    }
}

extension SoakTransport: ExpressibleByArgument {}

extension SoakReport {
    /// The report as a line of the table.
    fileprivate var line: String {
        Report.column("seed \(seed), \(transport.rawValue)", 22)
            + Report.column("\(jobs) jobs, \(requests) requests", 32)
            + Report.column("\((faultShare * 100).shown) % faults", 16)
            + Report.column("\(lost) lost, \(doubled) duplicated, \(disagreements) wrong", 36)
            + Report.column("memory \(memoryAfterATenth >> 20) → \(memoryAtTheEnd >> 20) MiB", 26)
            + "\(seconds.shown) s"
    }
}
