import Foundation

/// What became of the inputs of one target.
package struct TargetReport: Sendable, Codable {
    /// The target's name.
    package var target: String

    /// The seed of the run.
    package var seed: UInt64

    /// How many inputs were taken.
    package var inputs: UInt64 = 0

    /// How long it took.
    package var seconds = 0.0

    /// The processor time of the slowest input, and which it was.
    package var slowestMilliseconds = 0.0
    package var slowestIndex: UInt64 = 0

    /// How much more memory the process had at the most than at the start.
    package var peakMegabytes = 0.0

    /// How often each outcome was seen: whether a change of the fuzzer or of FetchKit has made it blind.
    package var outcomes: [String: Int] = [:]

    /// What broke.
    package var findings: [Finding] = []

    /// Creates a report of nothing yet.
    package init(target: String, seed: UInt64) {
        (self.target, self.seed) = (target, seed)
    }

    /// Inputs in a second.
    package var inputsPerSecond: Double { seconds > 0 ? Double(inputs) / seconds : 0 }

    mutating func noteTime(_ time: InputTime, of index: UInt64) {
        let milliseconds = time.processor * 1_000
        guard milliseconds > slowestMilliseconds else { return }
        (slowestMilliseconds, slowestIndex) = (milliseconds, index)
    }

    /// The report as a line of JSON.
    package var json: String {
        let figures = Figures(
            target: target,
            seed: seed,
            inputs: inputs,
            seconds: Self.rounded(seconds),
            inputsPerSecond: inputsPerSecond.rounded(),
            slowestMilliseconds: Self.rounded(slowestMilliseconds),
            slowestIndex: slowestIndex,
            peakMegabytes: Self.rounded(peakMegabytes),
            outcomes: outcomes,
            findings: findings
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(figures)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// What is printed: the same fields and the rate.
    private struct Figures: Encodable {
        var benchmark = "fuzz"
        var target: String
        var seed: UInt64
        var inputs: UInt64
        var seconds: Double
        var inputsPerSecond: Double
        var slowestMilliseconds: Double
        var slowestIndex: UInt64
        var peakMegabytes: Double
        var outcomes: [String: Int]
        var findings: [Finding]
    }

    private static func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }
}
