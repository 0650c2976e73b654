import ArgumentParser
import Foundation
import PollingCosts

/// A benchmark of the default schedule and of other clients' polling rules on traces.
@main
enum PollCost {
    static func main() async {
        do {
            let arguments = try Arguments.parse()
            let mode = arguments.mode
            // Reads and validates all traces before the first measurement.
            let traces = try arguments.traces.map { try Trace(file: $0) }
            for trace in traces { _ = try mode.runs(of: trace) }
            var measurements: [RuleCost] = []
            for trace in traces {
                let measured = try await RuleCost.all(on: trace, mode: mode)
                for measurement in measured { print(measurement.json) }
                measurements += measured
            }
            for summary in Summary.all(of: measurements) { print(summary.json) }
            writeError(Table(measurements).text)
        } catch {
            guard Arguments.exitCode(for: error) != .success else {
                print(Arguments.message(for: error))
                exit(0)
            }
            let message = error is TraceError ? "\(error)" : Arguments.message(for: error)
            writeError("poll-cost: " + message.split(whereSeparator: \.isNewline).joined(separator: " "))
            exit(2)
        }
    }

    private static func writeError(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}
