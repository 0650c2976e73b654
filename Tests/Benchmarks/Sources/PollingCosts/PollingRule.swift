import Foundation
package import TestSupport

/// The polling rule of another client: its first request and its gaps.
package struct PollingRule: Sendable {
    /// The name of the client or SDK.
    package var name: String

    /// True if the first request is sent without a gap.
    package var pollsImmediately: Bool

    /// Returns the gap in seconds for a zero-based index and a random number from 0 to 1.
    package var gap: @Sendable (_ index: Int, _ random: Double) -> Double

    /// Creates a rule.
    package init(_ name: String, immediately: Bool, gap: @escaping @Sendable (Int, Double) -> Double) {
        self.name = name
        pollsImmediately = immediately
        self.gap = gap
    }

    /// Simulates the polling of a job with a duration in seconds. Requests take no time.
    package func poll(_ duration: Double, random: inout SplitMix64) -> PolledJob {
        var time = 0.0
        var requests = pollsImmediately ? 1 : 0
        if pollsImmediately, duration <= 0 { return PolledJob(requests: 1, delay: 0) }
        for index in 0... {
            // Some rules can return a gap of zero. A request takes at least a millisecond.
            time += max(gap(index, Double.random(in: 0...1, using: &random)), 0.001)
            requests += 1
            if time >= duration { break }
        }
        return PolledJob(requests: requests, delay: time - duration)
    }
}

extension PollingRule {
    /// The rules of other clients, according to their source code in 2025.
    ///
    /// Their limits are omitted: each rule repeats its last gap until the job is done. If a client sends its first
    /// request sometimes immediately and sometimes after a gap, the rule uses the gap, which costs less.
    package static let peers: [PollingRule] = [
        PollingRule("smithy", immediately: true) { 2 + $1 * (min(2 * pow(2, Double($0)), 120) - 2) },
        .fixed("azure-core", immediately: true, 30),
        .fixed("azure-js", immediately: true, 2),
        .fixed("azure-net", immediately: true, 1),
        .growing("google-python", from: 1, by: 1.5, to: 20),
        .growing("google-java", from: 5, by: 1.5, to: 45),
        .growing("google-net", from: 20, by: 1.5, to: 45),
        PollingRule("google-swift", immediately: false) { $1 * min(300, pow(2, Double($0 + 1))) },
        PollingRule("replicate-swift", immediately: false) { min(2 * pow(2, Double($0)), 30) + ($1 - 0.5) / 2 },
        .fixed("replicate-js", immediately: false, 0.5),
        .fixed("fal-js", immediately: true, 0.5),
        .fixed("fal-swift", immediately: true, 1),
        .fixed("fal-python", immediately: true, 0.1),
        .fixed("openai", immediately: false, 1),
        PollingRule("runway", immediately: false) { 6 + ($1 - 0.5) * 3 },
        .fixed("decart", immediately: false, 1.5),
        .fixed("vercel-ai", immediately: false, 5),
        .fixed("modelslab-python", immediately: true, 60),
        .fixed("modelslab-js", immediately: true, 2),
        .growing("modelslab-cli", from: 1, by: 2, to: 10),
    ]

    private static func fixed(_ name: String, immediately: Bool, _ gap: Double) -> PollingRule {
        PollingRule(name, immediately: immediately) { _, _ in gap }
    }

    private static func growing(_ name: String, from first: Double, by factor: Double, to last: Double) -> PollingRule {
        PollingRule(name, immediately: false) { index, _ in min(first * pow(factor, Double(index)), last) }
    }
}
