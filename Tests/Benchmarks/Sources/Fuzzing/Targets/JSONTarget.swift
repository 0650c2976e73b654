import FetchCore
import Foundation

/// Valid and invalid JSON, which is read by FetchKit and by `JSONSerialization`.
///
/// Both must accept the same inputs and read the same values, except for the differences in ``ComparableJSON``,
/// FetchKit's limits, and encodings other than UTF-8, which FetchKit refuses.
struct JSONTarget: FuzzTarget {
    let name = "json"
    private let seeds: [JSONTree]

    /// Creates a target that mutates the bodies of seeds.
    init(_ seeds: [Seed]) {
        self.seeds = seeds.flatMap(\.responses).compactMap(\.tree)
    }

    func input(_ random: inout SeededRandom) -> [UInt8] {
        switch random.below(8) {
        case 0...1: return JSONTokens.single(&random)
        case 2...3: return JSONTokens.any(&random)
        default:
            var tree = random.pick(seeds)
            let canary = Canary(&random)
            for _ in 0..<random.below(4) {
                random.pick(TreeMutation.allCases).apply(to: &tree, canary: canary, &random)
            }
            var bytes = JSONTreeWriter.bytes(of: tree, .any(&random), random)
            for _ in 0..<random.pick([0, 0, 1, 2]) { random.pick(ByteMutation.allCases).apply(to: &bytes, &random) }
            return bytes
        }
    }

    func description(of input: [UInt8]) -> String { Escaped.bytes(input) }

    func outcome(of input: [UInt8]) async throws -> String {
        let response = FetchResponse(status: 200, body: Data(input))
        let comparable = ComparableJSON(input)
        let value: JSONValue
        do throws(FetchError) {
            value = try response.json()
        } catch {
            try check(error)
            return try refused(input, comparable, error)
        }
        try Violation.unless(!input.contains(0), "FetchKit accepts a zero byte")
        let other: Any
        do {
            other = try Self.reference(comparable)
        } catch {
            throw Violation("FetchKit accepts it, and JSONSerialization doesn't: \(error)")
        }
        if let difference = JSONComparison.difference(value, other) { throw Violation(difference) }
        try checkDecoder(response, comparable)
        return comparable.text == input ? "read" : "read after normalisation"
    }

    private static func reference(_ comparable: ComparableJSON) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(comparable.text), options: .fragmentsAllowed)
    }

    private func refused(_ input: [UInt8], _ comparable: ComparableJSON, _ error: FetchError) throws -> String {
        if comparable.depth > 64, error.message.contains("is nested deeper than") { return "too deep" }
        if comparable.size > 190_000, error.message.contains("contains more than") { return "too large" }
        // `JSONSerialization` detects other encodings by zero bytes.
        let marks: [[UInt8]] = [[0xFE, 0xFF], [0xFF, 0xFE]]
        if input.contains(0) || marks.contains(where: comparable.text.starts) { return "not UTF-8" }
        try Violation.unless(
            (try? Self.reference(comparable)) == nil,
            "FetchKit refuses it, and JSONSerialization doesn't: \(error)"
        )
        return "refused"
    }

    /// Checks the code, the length and the single line of an error.
    private func check(_ error: FetchError) throws {
        try Invariants.check(error)
        try Violation.unless(error.code == .malformedResponse, "the code is \(error.code)")
        try Violation.unless(error.message.count < 350, "the message has \(error.message.count) characters")
    }

    /// Checks that a valid input also passes the validation before decoding, except for its limit on values.
    private func checkDecoder(_ response: FetchResponse, _ comparable: ComparableJSON) throws {
        guard response.body.elementsEqual(comparable.text) else { return }
        do throws(FetchError) {
            _ = try response.json(Anything.self)
        } catch {
            try Violation.unless(error.message.contains("contains more than"), "it can't be decoded: \(error)")
        }
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }
}
