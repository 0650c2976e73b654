import Foundation

/// When another client asks: at once or after a gap, and then after one gap after the other.
package struct Rule: Sendable {
    /// The client and what it asks for, in a word.
    package var name: String

    /// Whether the first request is made at once.
    package var asksAtOnce: Bool

    /// The gap in seconds after so many others, with a random number from 0 to 1.
    package var gap: @Sendable (_ index: Int, _ random: Double) -> Double

    /// Creates a rule.
    package init(_ name: String, atOnce: Bool, gap: @escaping @Sendable (Int, Double) -> Double) {
        self.name = name
        asksAtOnce = atOnce
        self.gap = gap
    }

    /// Watches a job. A request takes no time.
    package func watch(_ duration: Double, random: inout SplitMix) -> Watch {
        var time = 0.0
        var requests = asksAtOnce ? 1 : 0
        if asksAtOnce, duration <= 0 { return Watch(requests: 1, delay: 0) }
        for index in 0... {
            // Some rules may draw no gap at all; a request takes a millisecond at the least.
            time += max(gap(index, Double.random(in: 0...1, using: &random)), 0.001)
            requests += 1
            if time >= duration { break }
        }
        return Watch(requests: requests, delay: time - duration)
    }
}

extension Rule {
    /// The rules of other clients, as their sources had them in 2025.
    ///
    /// Their limits are left out: each goes on with its last gap until the job is done. Where a client asks sometimes at
    /// once and sometimes after a gap, it is the gap here, which costs less.
    package static let peers: [Rule] = [
        Rule("smithy", atOnce: true) { 2 + $1 * (min(2 * pow(2, Double($0)), 120) - 2) },
        .fixed("azure-core", atOnce: true, 30),
        .fixed("azure-js", atOnce: true, 2),
        .fixed("azure-net", atOnce: true, 1),
        .growing("google-python", from: 1, by: 1.5, to: 20),
        .growing("google-java", from: 5, by: 1.5, to: 45),
        .growing("google-net", from: 20, by: 1.5, to: 45),
        Rule("google-swift", atOnce: false) { $1 * min(300, pow(2, Double($0 + 1))) },
        Rule("replicate-swift", atOnce: false) { min(2 * pow(2, Double($0)), 30) + ($1 - 0.5) / 2 },
        .fixed("replicate-js", atOnce: false, 0.5),
        .fixed("fal-js", atOnce: true, 0.5),
        .fixed("fal-swift", atOnce: true, 1),
        .fixed("fal-python", atOnce: true, 0.1),
        .fixed("openai", atOnce: false, 1),
        Rule("runway", atOnce: false) { 6 + ($1 - 0.5) * 3 },
        .fixed("decart", atOnce: false, 1.5),
        .fixed("vercel-ai", atOnce: false, 5),
        .fixed("modelslab-python", atOnce: true, 60),
        .fixed("modelslab-js", atOnce: true, 2),
        .growing("modelslab-cli", from: 1, by: 2, to: 10),
    ]

    private static func fixed(_ name: String, atOnce: Bool, _ gap: Double) -> Rule {
        Rule(name, atOnce: atOnce) { _, _ in gap }
    }

    private static func growing(_ name: String, from first: Double, by factor: Double, to last: Double) -> Rule {
        Rule(name, atOnce: false) { index, _ in min(first * pow(factor, Double(index)), last) }
    }
}
