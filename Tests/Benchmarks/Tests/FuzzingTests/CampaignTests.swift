import Foundation
import Fuzzing
import Testing

@Suite("Fuzzing campaigns")
struct CampaignTests {
    /// A target that violates an invariant for one input, if it has a message for it.
    private struct StubTarget: FuzzTarget {
        let name = "stub"
        var number = 0
        var words: String?

        func input(_ random: inout SeededRandom) -> Int { random.below(1_000) }
        func description(of input: Int) -> String { "<\(input)>" }

        func outcome(of input: Int) async throws -> String {
            if input == number, let words { throw Violation(words) }
            return input.isMultiple(of: 2) ? "even" : "odd"
        }
    }

    private func number(at index: UInt64) -> Int {
        var random = SeededRandom(seed: 3, target: "stub", index: index)
        return random.below(1_000)
    }

    @Test func `outcomes are counted by kind`() async {
        let report = await Campaign(StubTarget(), seed: 3).run(0..<100)
        #expect(report.inputs == 100)
        #expect(report.outcomes.values.reduce(0, +) == 100)
        #expect(report.outcomes["even"] == (0..<100).count { number(at: $0).isMultiple(of: 2) })
        #expect(report.findings.isEmpty)
    }

    @Test func `a finding names the input that violates an invariant`() async throws {
        let report = await Campaign(StubTarget(number: number(at: 42), words: "broken"), seed: 3).run(0..<100)
        let finding = try #require(report.findings.first { $0.index == 42 })
        #expect(finding.words == "broken")
        #expect(finding.input == "<\(number(at: 42))>")
        #expect(report.json.contains("\"words\":\"broken\""))
    }

    @Test func `the index of each input is recorded`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let progressFile = try #require(ProgressFile(writing: path))
        _ = await Campaign(StubTarget(), seed: 3).run(500..<601, progressFile: progressFile)
        #expect(ProgressFile.lastIndex(in: path) == 600)
    }

    @Test func `no target has findings`() async throws {
        for target in try AllTargets.create() {
            let report = await Campaign(target, seed: 7).run(0..<40)
            #expect(report.findings.isEmpty, "\(target.name): \(report.findings)")
            #expect(report.inputs == 40)
        }
    }
}
