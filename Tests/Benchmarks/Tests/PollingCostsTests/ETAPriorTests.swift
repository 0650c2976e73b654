import FetchCore
import PollingCosts
import TestSupport
import Testing

@Suite("Priors for jobs with an ETA")
struct ETAPriorTests {
    private let shipped = ETAPrior(.init(0.5, median: 1, shape: 2), .init(0.5, median: 1.0 / 3, shape: 2))
    private let narrow = ETAPrior(.init(0.75, median: 1, shape: 4.5), .init(0.25, median: 1, shape: 1.3))

    @Test func `the default prior as a mixture costs as much as the default schedule`() throws {
        let given = try shipped.schedule()
        for kind in EndpointKind.grid {
            #expect(abs(kind.ratio(of: given) / kind.ratio(of: LeastCostSchedule()) - 1) < 0.02, "\(kind.name)")
        }
    }

    @Test func `a narrow prior costs less with exact ETAs and more with wrong ones`() throws {
        let exact = EndpointKind(factor: 1, spread: 0.1, eta: 60)
        let wrong = EndpointKind(factor: 0.2, spread: 0.1, eta: 60)
        let schedule = try narrow.schedule()
        #expect(exact.ratio(of: schedule) < 0.8 * exact.ratio(of: LeastCostSchedule()))
        #expect(wrong.ratio(of: schedule) > 1.5 * wrong.ratio(of: LeastCostSchedule()))
    }

    @Test func `equal seeds give equal random priors`() {
        func drawn(_ seed: UInt64) -> [ETAPrior] {
            var random = SplitMix64(seed: seed)
            return (0..<5).map { _ in ETAPrior(random: &random) }
        }
        #expect(drawn(3) == drawn(3))
        #expect(Set(drawn(3) + drawn(4)).count == 10)
    }

    @Test func `the cost on a trace equals that of the client`() async throws {
        let jobs = (1...60).map { TracedJob(duration: Double($0) * 2.3, eta: Double(20 + 20 * ($0 % 3))) }
        let trace = Trace(name: "t", jobs: jobs + [TracedJob(duration: 0, eta: 20)])
        let kind = try #require(EndpointKind(trace))
        let client = try await RuleCost.all(on: trace, mode: .cold)[0]
        #expect(abs(kind.ratio(of: LeastCostSchedule()) - client.ratio) < 1e-6)
        #expect(EndpointKind(Trace(name: "t", jobs: [TracedJob(duration: 5)])) == nil)
    }

    @Test func `a score has means and a leave-one-out validation`() throws {
        var scores: [PriorScore] = []
        for (name, ratios) in [("a", [1.0, 4]), ("b", [2, 2])] {
            var score = PriorScore(name, LeastCostSchedule(), traces: [])
            score.traceRatios = ["x": ratios[0], "y": ratios[1]]
            score.gridRatios = [1, 7]
            scores.append(score)
        }
        #expect(abs(scores[0].mean() - 2) < 1e-12 && scores[0].mean(leavingOut: "x") == 4)
        #expect(scores[0].quadraticMean == 5)
        let lines = scores[0].leavingOneOut(of: scores)
        #expect(lines[0] == #"{"left_out":"x","ratio":1.0,"best_on_others":"b","its_ratio":2.0}"#)
        #expect(lines[1] == #"{"left_out":"y","ratio":4.0,"best_on_others":"a","its_ratio":4.0}"#)
    }
}
