import FetchMetrics
import Metrics
import MetricsTestKit
import Testing

@Suite("Metric objects") struct MetricFamilyTests {
    @Test func `an object is created once for each set of labels`() {
        let factory = TestMetrics()
        var family = MetricFamily<SingleLabel, Counter>(counters: "example", factory)
        let first = family[SingleLabel("a", "1")]
        #expect(family[SingleLabel("a", "1")] === first)
        #expect(family[SingleLabel("a", "2")] !== first)
        #expect(factory.counters.count == 2)
    }

    @Test(arguments: [
        (Duration.zero, Int64(0)),
        (.seconds(-5), 0),
        (.milliseconds(1_500), 1_500_000_000),
        (.nanoseconds(7), 7),
        (.seconds(Int64.max), .max),
        (.seconds(Int64.min), 0),
    ])
    func `durations that can't be recorded are clamped`(duration: Duration, nanoseconds: Int64) throws {
        let factory = TestMetrics()
        var family = MetricFamily<SingleLabel, Metrics.Timer>(timers: "example", factory)
        family[SingleLabel("a", "1")].record(duration)
        #expect(try factory.expectTimer("example", [("a", "1")]).values == [nanoseconds])
    }

    @Test func `a label has no more values than its limit, and "other"`() {
        var label = BoundedLabel(limit: 2)
        #expect(["a", "b", "c", "a", "d"].map { label.value($0) } == ["a", "b", "other", "a", "other"])
        var long = BoundedLabel(limit: 2)
        #expect(long.value(String(repeating: "x", count: 300)) == "other")
    }
}
