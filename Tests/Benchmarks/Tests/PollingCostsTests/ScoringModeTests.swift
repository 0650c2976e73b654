import PollingCosts
import Testing

@Suite("Scoring modes")
struct ScoringModeTests {
    private func trace(_ count: Int) -> Trace {
        Trace(name: "t", jobs: (0..<count).map { TracedJob(duration: Double($0)) })
    }

    @Test(arguments: [(120, 50, [0, 60]), (100, 50, [0, 50]), (50, 50, [0]), (7, 2, [0, 2, 4]), (3, 1, [0, 1, 2])])
    func `short runs are as many as possible and evenly distributed`(count: Int, first: Int, starts: [Int]) throws {
        let runs = try ScoringMode.first(first).runs(of: trace(count))
        #expect(runs.map { Int($0.scored.first?.duration ?? .nan) } == starts)
        #expect(runs.allSatisfy { $0.learned.isEmpty && $0.scored.count == first })
    }

    @Test(arguments: [(0, 1), (49, 50), (10, .max), (10, 0), (10, -1)])
    func `short runs refuse traces that are too short`(count: Int, first: Int) {
        #expect(throws: TraceError.self) { try ScoringMode.first(first).runs(of: trace(count)) }
    }

    @Test func `cold mode scores all jobs, and warm mode all after the first 500`() throws {
        let cold = try ScoringMode.cold.runs(of: trace(501))
        #expect(cold.map(\.scored.count) == [501] && cold.map(\.learned.count) == [0])
        let warm = try ScoringMode.warm.runs(of: trace(501))
        #expect(warm.map(\.scored.count) == [1] && warm.map(\.learned.count) == [500])
        #expect(throws: TraceError.self) { try ScoringMode.warm.runs(of: trace(500)) }
    }
}
