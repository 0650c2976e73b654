import Foundation
import PollingCosts
import Testing

@Suite("Costs of polling rules")
struct RuleCostTests {
    private func trace(_ count: Int) -> Trace {
        Trace(name: "a \"b\"", jobs: (0..<count).map { TracedJob(duration: 20 + Double($0 % 10)) })
    }

    @Test func `requests and delays are aggregated`() {
        let polledJobs = (1...100).map { PolledJob(requests: 2, delay: Double($0)) }
        let measurement = RuleCost(trace: "t", rule: "r", mode: .cold, polledJobs: polledJobs, optimum: 10)
        #expect(measurement.requests == 2)
        #expect(measurement.delayMean == 50.5)
        #expect(measurement.delayMedian == 51)
        #expect(measurement.delayP99 == 100)
        #expect(measurement.cost == 52.5)
        #expect(measurement.ratio == 5.25)
    }

    @Test func `the default and every other rule are measured and printed as JSON`() async throws {
        let measurements = try await RuleCost.all(on: trace(40), mode: .cold)
        #expect(measurements.map(\.rule) == ["default"] + PollingRule.peers.map(\.name))
        for text in measurements.map(\.json) + Summary.all(of: measurements).map(\.json) {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(object["rule"] is String && object["mode"] as? String == "cold")
        }
        #expect(measurements.allSatisfy { $0.ratio >= 1 })
    }

    @Test func `warm mode excludes the first 500 jobs`() async throws {
        let cold = try await RuleCost.all(on: trace(520), mode: .cold)
        let warm = try await RuleCost.all(on: trace(520), mode: .warm)
        #expect(warm[0].ratio < cold[0].ratio)
        await #expect(throws: TraceError.self) { try await RuleCost.all(on: trace(500), mode: .warm) }
    }

    @Test func `the cost of short runs is between those of cold and warm mode`() async throws {
        let trace = trace(520)
        let cold = try await RuleCost.all(on: trace, mode: .cold)
        let first = try await RuleCost.all(on: trace, mode: .first(20))
        let warm = try await RuleCost.all(on: trace, mode: .warm)
        #expect(first[0].ratio < cold[0].ratio && first[0].ratio > warm[0].ratio)
        #expect(first.allSatisfy { $0.json.contains(#""mode":"first 20""#) })
        #expect(first.dropFirst().map(\.cost) == cold.dropFirst().map(\.cost))
    }

    @Test func `runs of one job cost as much as cold mode`() async throws {
        let cold = try await RuleCost.all(on: trace(40), mode: .cold)
        let first = try await RuleCost.all(on: trace(40), mode: .first(1))
        #expect(first.map(\.cost) == cold.map(\.cost))
    }

    @Test func `a summary has the geometric mean and the maximum over all traces`() {
        func measurement(_ trace: String, _ optimum: Double) -> RuleCost {
            let polledJob = PolledJob(requests: 8, delay: 0)
            return RuleCost(trace: trace, rule: "r", mode: .cold, polledJobs: [polledJob], optimum: optimum)
        }
        let summary = Summary([measurement("a", 4), measurement("b", 1)])
        #expect(abs(summary.geometricMean - 4) < 1e-12)
        #expect(summary.worst == 8 && summary.worstTrace == "b")
    }
}
