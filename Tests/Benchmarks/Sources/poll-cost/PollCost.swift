import ArgumentParser
import Foundation
import PollingCosts

/// Measures what the default schedule costs on traces, and what other clients' rules do.
@main
enum PollCost {
    static func main() async {
        do {
            let arguments = try Arguments.parse()
            let mode = arguments.mode
            // All traces are read and checked before the first is measured.
            let traces = try arguments.traces.map { try Trace(file: $0) }
            for trace in traces { _ = try mode.runs(of: trace) }
            var measurements: [RuleCost] = []
            for trace in traces {
                let measured = try await RuleCost.all(on: trace, mode: mode)
                for measurement in measured { print(measurement.json) }
                measurements += measured
            }
            for summary in Summary.all(of: measurements) { print(summary.json) }
            complain(Table(measurements).text)
        } catch {
            guard Arguments.exitCode(for: error) != .success else {
                print(Arguments.message(for: error))
                exit(0)
            }
            let message = error is TraceError ? "\(error)" : Arguments.message(for: error)
            complain("poll-cost: " + message.split(whereSeparator: \.isNewline).joined(separator: " "))
            exit(2)
        }
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}

/// The command line.
struct Arguments: ParsableArguments {
    @Argument(help: ArgumentHelp("Files of duration_s,eta_s, one job a row.", valueName: "trace"))
    var traces: [String]

    @Flag(
        name: .customLong("warm"),
        help: "Learn from 500 jobs before the first that counts, and from each that counts."
    )
    var isWarm = false

    @Option(
        name: .customLong("first"),
        help: ArgumentHelp(
            "Score runs of so many jobs, each run with nothing learned at its beginning, and learn from each job.",
            valueName: "jobs"
        )
    )
    var first: Int?

    var mode: ScoringMode {
        if let first { return .first(first) }
        return isWarm ? .warm : .cold
    }

    mutating func validate() throws {
        if isWarm, first != nil { throw ValidationError("--warm and --first exclude each other.") }
        if let first, first < 1 { throw ValidationError("--first takes a number of at least 1.") }
    }
}
