import Foundation

/// A builder for a JSON object on one line, with fields in insertion order.
struct JSONLine {
    private var fields: [String] = []

    mutating func add(_ name: String, _ string: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let quoted = (try? encoder.encode(string)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        fields.append("\"\(name)\":\(quoted)")
    }

    /// Adds a number with four decimal places, or null if it isn't finite.
    mutating func add(_ name: String, _ number: Double) {
        let rounded = (number * 10_000).rounded() / 10_000
        fields.append("\"\(name)\":\(rounded.isFinite ? "\(rounded)" : "null")")
    }

    var text: String { "{" + fields.joined(separator: ",") + "}" }
}

extension RuleCost {
    /// The measurement as a line of JSON.
    package var json: String {
        var line = JSONLine()
        line.add("trace", trace)
        line.add("rule", rule)
        line.add("mode", mode.name)
        line.add("requests", requests)
        line.add("delay_mean", delayMean)
        line.add("delay_p50", delayMedian)
        line.add("delay_p99", delayP99)
        line.add("cost", cost)
        line.add("optimum", optimum)
        line.add("ratio", ratio)
        return line.text
    }
}

extension Summary {
    /// The summary as a line of JSON.
    package var json: String {
        var line = JSONLine()
        line.add("summary", "ratio")
        line.add("rule", rule)
        line.add("mode", mode.name)
        line.add("geometric_mean", geometricMean)
        line.add("worst", worst)
        line.add("worst_trace", worstTrace)
        return line.text
    }
}
