import ArgumentParser
import Foundation
import Measuring
import Soaking

/// Whether any job is lost or doubled, among very many, when much goes wrong.
@main
struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Waits for many jobs of all families, of a server that does wrong in every fifth answer.",
        discussion: """
            Standard output has one JSON object for each seed, standard error a table. Each seed runs in a process of its own. The
            exit status is 1 where a job was lost, doubled or ended otherwise than the server said, or where memory or descriptors \
            were left.
            """,
        subcommands: [All.self, One.self],
        defaultSubcommand: All.self
    )

    /// Runs all seeds, one after the other.
    struct All: AsyncParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)

        @Option(help: "How many jobs there are.")
        var jobs = 10_000

        @Option(name: .customLong("seed"), help: "What the jobs' fates follow from; may be repeated.")
        var seeds: [UInt64] = [1, 2, 3]

        @Option(help: "The transport under test: curl or urlsession.")
        var transport = SoakTransport.standard

        @Option(help: "Seconds after which a seed is given up.")
        var timeLimit = 300

        func validate() throws {
            guard jobs >= 10, timeLimit > 0 else {
                throw ValidationError("There are at least ten jobs, and some time for them.")
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
            // With an arena for each thread, glibc's malloc keeps memory according to which thread was quicker.
            process.environment = ProcessInfo.processInfo.environment.merging(["MALLOC_ARENA_MAX": "1"]) { own, _ in own
            }
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                // A process that a signal ended has that signal's number for its status.
                throw ValidationError("The process of seed \(seed) ended with \(process.terminationStatus).")
            }
            return try JSONDecoder().decode(SoakReport.self, from: data)
        }
    }

    /// Runs one seed, in this process.
    struct One: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs one seed, in this process.",
            shouldDisplay: false
        )

        @Argument var seed: UInt64
        @Option var jobs = 10_000
        @Option var transport = SoakTransport.standard
        @Option var timeLimit = 300

        func run() async throws {
            // What a process has once and for all is there before anything is counted: Dispatch's timers, malloc's arenas, what
            // Foundation keeps.
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
    /// The report for people.
    fileprivate var line: String {
        Report.column("seed \(seed), \(transport.rawValue)", 22)
            + Report.column("\(jobs) jobs, \(requests) requests", 32)
            + Report.column("\((faultShare * 100).shown) % faults", 16)
            + Report.column("\(lost) lost, \(doubled) doubled, \(disagreements) disagree", 36)
            + Report.column("memory \(memoryAfterATenth >> 20) → \(memoryAtTheEnd >> 20) MiB", 26)
            + "\(seconds.shown) s"
    }
}
