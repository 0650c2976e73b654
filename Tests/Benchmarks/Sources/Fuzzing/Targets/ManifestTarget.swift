import FetchCore
import FetchManifest
import Foundation

/// Mutated manifests. The endpoints of valid ones read mutated responses.
struct ManifestTarget: FuzzTarget {
    struct Input: Sendable {
        var document: [UInt8]
        var id: String
        var canary: Canary
        var responses: [FuzzedResponse]
    }

    let name = "manifest"
    private let seeds: [(tree: JSONTree, seed: ManifestSeed, mutator: ResponseMutator)]

    init(_ seeds: [ManifestSeed]) {
        self.seeds = seeds.compactMap { seed in
            JSONTreeReader.tree(of: Array(seed.document)).map { ($0, seed, ResponseMutator(seeds: seed.responses)) }
        }
    }

    func input(_ random: inout SeededRandom) -> Input {
        let (seed, known, mutator) = random.pick(seeds)
        var tree = seed
        let canary = Canary(&random)
        for _ in 0...random.below(3) {
            random.oneIn(3)
                ? Self.splice(from: random.pick(seeds).tree, in: &tree, &random)
                : random.pick(TreeMutation.allCases).apply(to: &tree, canary: canary, &random)
        }
        var bytes = JSONTreeWriter.bytes(of: tree, .any(&random), random)
        if random.oneIn(6) { random.pick(ByteMutation.allCases).apply(to: &bytes, &random) }
        if random.oneIn(2_000) { bytes = random.pick(GiantBody.allCases).bytes(canary, &random) }
        let id = IDSample(valid: known.id).any(&random)
        return Input(document: bytes, id: id, canary: canary, responses: mutator.responses(canary, &random).responses)
    }

    /// Replaces a random value with a random value of another manifest or the same one.
    private static func splice(from other: JSONTree, in tree: inout JSONTree, _ random: inout SeededRandom) {
        let piece = other.value(random.below(other.count))
        tree.change(random.below(tree.count)) { $0 = piece }
    }

    func description(of input: Input) -> String {
        let exchange = input.responses.map { response in
            if case .response(let response) = response { Escaped.response(response) } else { "lost" }
        }
        return ([Escaped.bytes(input.document), Escaped.string(input.id)] + exchange).joined(separator: "\n")
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
        // A manifest with the key in it is quoted in errors, as its author wrote it.
        let hasKey = KeySearch(input.canary).finds(in: String(decoding: input.document, as: UTF8.self))
        let exchange = EndpointInput(
            endpoint: endpoint,
            id: input.id,
            canary: input.canary,
            responses: input.responses,
            isSearched: input.canary.isEchoed && !hasKey
        )
        let check = FetchCheck(input: exchange)
        try check.read()
        try await check.readSubmission()
        return "read, " + (try await check.fetch())
    }

    private func check(_ error: ManifestError) throws {
        try Violation.unless((1...20).contains(error.problems.count), "an error lists \(error.problems.count) problems")
        let text = error.description
        try Violation.unless(text.utf8.count <= 40_000, "an error has \(text.utf8.count) bytes")
        try Violation.unless(
            !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.properties.isBidiControl },
            "an error's description has control characters: \(Escaped.string(text))"
        )
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        try Violation.unless(lines == 1 || lines == error.problems.count + 1, "an error has \(lines) lines")
    }
}
