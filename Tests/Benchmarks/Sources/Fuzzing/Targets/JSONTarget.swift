import FetchCore
import Foundation

/// JSON and what is nearly JSON, read by FetchKit and by `JSONSerialization`.
///
/// Both accept the same inputs and read the same values, but for the differences that ``ComparableJSON`` lists, for limits, and for
/// other encodings than UTF-8, which FetchKit refuses.
struct JSONTarget: FuzzTarget {
    let name = "json"
    private let seeds: [Tree]

    /// Creates the target.
    ///
    /// - Parameter seeds: Responses whose bodies are changed.
    init(_ seeds: [Seed]) {
        self.seeds = seeds.flatMap(\.answers).compactMap(\.tree)
    }

    func input(_ dice: inout Dice) -> [UInt8] {
        switch dice.below(8) {
        case 0...1: return JSONTokens.single(&dice)
        case 2...3: return JSONTokens.any(&dice)
        default:
            var tree = dice.pick(seeds)
            let canary = Canary(&dice)
            for _ in 0..<dice.below(4) { dice.pick(TreeMutation.allCases).apply(to: &tree, canary: canary, &dice) }
            var bytes = TreeWriter.bytes(of: tree, .any(&dice), dice)
            for _ in 0..<dice.pick([0, 0, 1, 2]) { dice.pick(ByteMutation.allCases).apply(to: &bytes, &dice) }
            return bytes
        }
    }

    func shown(_ input: [UInt8]) -> String { Shown.bytes(input) }

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
        try Violation.unless(!input.contains(0), "a zero byte is read")
        let other: Any
        do {
            other = try Self.reference(comparable)
        } catch {
            throw Violation("it is read, and JSONSerialization says: \(error)")
        }
        if let difference = SameJSON.difference(value, other) { throw Violation(difference) }
        try checkDecoder(response, comparable)
        return comparable.text == input ? "read" : "read by a rule of ours"
    }

    private static func reference(_ comparable: ComparableJSON) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(comparable.text), options: .fragmentsAllowed)
    }

    private func refused(_ input: [UInt8], _ comparable: ComparableJSON, _ error: FetchError) throws -> String {
        if comparable.depth > 64, error.message.contains("is nested deeper than") { return "too deep" }
        if comparable.size > 190_000, error.message.contains("holds more than") { return "too large" }
        // `JSONSerialization` guesses other encodings where it finds zero bytes.
        let marks: [[UInt8]] = [[0xFE, 0xFF], [0xFF, 0xFE]]
        if input.contains(0) || marks.contains(where: comparable.text.starts) { return "not UTF-8" }
        try Violation.unless(
            (try? Self.reference(comparable)) == nil,
            "it is refused, and JSONSerialization reads it: \(error)"
        )
        return "refused"
    }

    /// A place within the text, one line, and no more of the text than an excerpt.
    private func check(_ error: FetchError) throws {
        try HonestClaims.check(error)
        try Violation.unless(error.code == .malformedResponse, "the code is \(error.code)")
        try Violation.unless(error.message.count < 350, "the message has \(error.message.count) characters")
    }

    /// What is read as a value passes the check in front of a decoder, but for what no decoder reads.
    private func checkDecoder(_ response: FetchResponse, _ comparable: ComparableJSON) throws {
        guard response.body.elementsEqual(comparable.text) else { return }
        do throws(FetchError) {
            _ = try response.json(Anything.self)
        } catch {
            try Violation.unless(error.message.contains("holds more than"), "a decoder doesn't read it: \(error)")
        }
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }
}
