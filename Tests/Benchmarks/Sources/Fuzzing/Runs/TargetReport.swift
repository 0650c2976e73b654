import Foundation

/// The statistics and findings of one target.
package struct TargetReport: Sendable, Codable {
    /// The target's name.
    package var target: String

    /// The seed of the run.
    package var seed: UInt64

    /// The number of processed inputs.
    package var inputs: UInt64 = 0

    /// The total time.
    package var seconds = 0.0

    /// The CPU time of the slowest input.
    package var slowestMilliseconds = 0.0

    /// The index of the slowest input.
    package var slowestIndex: UInt64 = 0

    /// The growth of the peak memory.
    package var peakMegabytes = 0.0

    /// The number of inputs by kind of outcome. A target with few kinds doesn't exercise much code.
    package var outcomes: [String: Int] = [:]

    package var findings: [Finding] = []

    /// Creates an empty report.
    package init(target: String, seed: UInt64) {
        (self.target, self.seed) = (target, seed)
    }

    /// The number of inputs per second.
    package var inputsPerSecond: Double { seconds > 0 ? Double(inputs) / seconds : 0 }

    mutating func recordTime(_ time: InputTime, of index: UInt64) {
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

    /// The printed fields, including the rate.
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
