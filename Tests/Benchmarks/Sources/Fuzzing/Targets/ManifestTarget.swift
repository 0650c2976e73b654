import FetchCore
import FetchManifest
import Foundation

/// Manifests that somebody got wrong, and what those that can be read make of answers.
struct ManifestTarget: FuzzTarget {
    struct Input: Sendable {
        var document: [UInt8]
        var id: String
        var canary: Canary
        var answers: [FuzzedAnswer]
    }

    let name = "manifest"
    private let seeds: [(tree: Tree, seed: ManifestSeed, maker: AnswerMaker)]

    init(_ seeds: [ManifestSeed]) {
        self.seeds = seeds.compactMap { seed in
            TreeReader.tree(of: Array(seed.document)).map { ($0, seed, AnswerMaker(seeds: seed.answers)) }
        }
    }

    func input(_ dice: inout Dice) -> Input {
        let (seed, known, maker) = dice.pick(seeds)
        var tree = seed
        let canary = Canary(&dice)
        for _ in 0...dice.below(3) {
            dice.oneIn(3)
                ? Self.borrow(from: dice.pick(seeds).tree, in: &tree, &dice)
                : dice.pick(TreeMutation.allCases).apply(to: &tree, canary: canary, &dice)
        }
        var bytes = TreeWriter.bytes(of: tree, .any(&dice), dice)
        if dice.oneIn(6) { dice.pick(ByteMutation.allCases).apply(to: &bytes, &dice) }
        if dice.oneIn(2_000) { bytes = dice.pick(GiantBody.allCases).bytes(canary, &dice) }
        let id = IDText(usual: known.id).any(&dice)
        return Input(document: bytes, id: id, canary: canary, answers: maker.answers(canary, &dice).answers)
    }

    /// Puts a piece of another manifest, or of the same, in a place of this one.
    private static func borrow(from other: Tree, in tree: inout Tree, _ dice: inout Dice) {
        let piece = other.value(dice.below(other.count))
        tree.change(dice.below(tree.count)) { $0 = piece }
    }

    func shown(_ input: Input) -> String {
        let exchange = input.answers.map { answer in
            if case .response(let response) = answer { Shown.response(response) } else { "lost" }
        }
        return ([Shown.bytes(input.document), Shown.text(input.id)] + exchange).joined(separator: "\n")
    }

    func outcome(of input: Input) async throws -> String {
        let manifest: EndpointManifest
        do throws(ManifestError) {
            manifest = try EndpointManifest(Data(input.document), file: "fuzzed.json")
        } catch {
            try check(error)
            return "refused"
        }
        guard let endpoint = manifest.endpoints.first, manifest.endpoints.count == 1 else {
            throw Violation("a manifest describes \(manifest.endpoints.count) endpoints")
        }
        let exchange = EndpointInput(
            endpoint: endpoint,
            id: input.id,
            canary: input.canary,
            answers: input.answers,
            isSearched: input.canary.isWrittenBack
        )
        let check = FetchCheck(input: exchange)
        try check.read()
        return "read, " + (try await check.fetch())
    }

    private func check(_ error: ManifestError) throws {
        try Violation.unless((1...20).contains(error.problems.count), "an error lists \(error.problems.count) problems")
        let text = error.description
        try Violation.unless(text.utf8.count <= 40_000, "an error has \(text.utf8.count) bytes")
        try Violation.unless(
            !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.properties.isBidiControl },
            "an error's text can't be printed as it is: \(Shown.text(text))"
        )
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        try Violation.unless(lines == 1 || lines == error.problems.count + 1, "an error has \(lines) lines")
    }
}
