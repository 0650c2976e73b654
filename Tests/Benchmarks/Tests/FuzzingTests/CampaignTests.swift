import Foundation
import Fuzzing
import Testing

@Suite struct `A campaign` {
    /// A target that does what it is told at one index, which is its input.
    private struct Told: FuzzTarget {
        let name = "told"
        var number = 0
        var words: String?

        func input(_ dice: inout Dice) -> Int { dice.below(1_000) }
        func shown(_ input: Int) -> String { "<\(input)>" }

        func outcome(of input: Int) async throws -> String {
            if input == number, let words { throw Violation(words) }
            return input.isMultiple(of: 2) ? "even" : "odd"
        }
    }

    private func number(at index: UInt64) -> Int {
        var dice = Dice(seed: 3, target: "told", index: index)
        return dice.below(1_000)
    }

    @Test func `counts what became of its inputs`() async {
        let report = await Campaign(Told(), seed: 3).run(0..<100)
        #expect(report.inputs == 100)
        #expect(report.outcomes.values.reduce(0, +) == 100)
        #expect(report.outcomes["even"] == (0..<100).count { number(at: $0).isMultiple(of: 2) })
        #expect(report.findings.isEmpty)
    }

    @Test func `names the input that broke something`() async throws {
        let report = await Campaign(Told(number: number(at: 42), words: "broken"), seed: 3).run(0..<100)
        let finding = try #require(report.findings.first { $0.index == 42 })
        #expect(finding.words == "broken")
        #expect(finding.input == "<\(number(at: 42))>")
        #expect(report.json.contains("\"words\":\"broken\""))
    }

    @Test func `notes each input before it is taken`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let journal = try #require(Journal(writing: path))
        _ = await Campaign(Told(), seed: 3).run(500..<601, journal: journal)
        #expect(Journal.lastIndex(in: path) == 600)
    }

    @Test func `finds nothing in what is shipped`() async throws {
        for target in try AllTargets.made() {
            let report = await Campaign(target, seed: 7).run(0..<40)
            #expect(report.findings.isEmpty, "\(target.name): \(report.findings)")
            #expect(report.inputs == 40)
        }
    }
}
