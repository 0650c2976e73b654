import FetchCore
import Foundation

/// Job references as text, as JSON and as names of members.
struct ReferenceTarget: FuzzTarget {
    let name = "reference"

    func input(_ dice: inout Dice) -> String {
        let names = [
            "example.video", "a", "a-b_c.d9", "modelslab.enterprise.facegen", "http", "https", "A.b", ".a", "a..b", "",
            "ä",
        ]
        let name = dice.oneIn(6) ? IDText.odd(&dice) : dice.pick(names)
        let id = IDText(usual: "90210345").any(&dice)
        var bytes = Array("\(name)\(dice.oneIn(12) ? "" : ":")\(id)".utf8)
        if dice.oneIn(10) { dice.pick(ByteMutation.allCases).apply(to: &bytes, &dice) }
        if dice.oneIn(100) { bytes += Array(repeating: UInt8(ascii: "x"), count: 2_030 + dice.below(30)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    func shown(_ input: String) -> String { Shown.text(input) }

    func outcome(of input: String) async throws -> String {
        let job: JobReference
        do throws(FetchError) {
            job = try JobReference(input)
        } catch {
            try HonestClaims.check(error)
            try checkRefusedParts(input)
            return error.code.description
        }
        try Violation.unless(job.description.utf8.elementsEqual(input.utf8), "it is printed as \(Shown.text("\(job)"))")
        try checkCoding(job)
        return "read"
    }

    /// What can be made of two parts can be printed and read.
    private func checkRefusedParts(_ input: String) throws {
        let parts = input.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard
            parts.count == 2, let name = try? EndpointName(String(Substring(parts[0]))),
            let job = try? JobReference(endpoint: name, id: String(Substring(parts[1]))),
            // A scheme and two slashes are a URL, whatever else they could be.
            !["http", "https"].contains(name.text) || !job.id.utf8.starts(with: "//".utf8)
        else { return }
        throw Violation("\(Shown.text(job.description)) can be made and not be read")
    }

    private func checkCoding(_ job: JobReference) throws {
        do {
            let data = try JSONEncoder().encode([job: [job]])
            let decoded = try JSONDecoder().decode([JobReference: [JobReference]].self, from: data)
            guard let (key, value) = decoded.first, decoded.count == 1, value.count == 1 else {
                throw Violation("a reference was lost on its way through JSON")
            }
            for copy in [key, value[0]] {
                try Violation.unless(
                    copy.id.utf8.elementsEqual(job.id.utf8) && copy.endpoint == job.endpoint && copy == job,
                    "JSON makes \(Shown.text(copy.description)) of it"
                )
            }
        } catch let error as Violation {
            throw error
        } catch {
            throw Violation("it can't go through JSON: \(error)")
        }
    }
}
