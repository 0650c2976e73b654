import FetchCore
import Foundation

/// Job references as strings, as JSON values and as dictionary keys in JSON.
struct ReferenceTarget: FuzzTarget {
    let name = "reference"

    func input(_ random: inout SeededRandom) -> String {
        let names = [
            "example.video", "a", "a-b_c.d9", "modelslab.enterprise.facegen", "http", "https", "A.b", ".a", "a..b", "",
            "ä",
        ]
        let name = random.oneIn(6) ? IDSample.special(&random) : random.pick(names)
        let id = IDSample(valid: "90210345").any(&random)
        var bytes = Array("\(name)\(random.oneIn(12) ? "" : ":")\(id)".utf8)
        if random.oneIn(10) { random.pick(ByteMutation.allCases).apply(to: &bytes, &random) }
        if random.oneIn(100) { bytes += Array(repeating: UInt8(ascii: "x"), count: 2_030 + random.below(30)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    func description(of input: String) -> String { Escaped.string(input) }

    func outcome(of input: String) async throws -> String {
        let job: JobReference
        do throws(FetchError) {
            job = try JobReference(input)
        } catch {
            try Invariants.check(error)
            try checkRefusedParts(input)
            return error.code.description
        }
        try Violation.unless(
            job.description.utf8.elementsEqual(input.utf8),
            "its description is \(Escaped.string("\(job)"))"
        )
        try checkCoding(job)
        return "read"
    }

    /// Checks that a refused string can't be the description of a valid reference.
    private func checkRefusedParts(_ input: String) throws {
        let parts = input.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard
            parts.count == 2, let name = try? EndpointName(String(Substring(parts[0]))),
            let job = try? JobReference(endpoint: name, id: String(Substring(parts[1]))),
            // A scheme with two slashes is always read as a URL.
            !["http", "https"].contains(name.rawValue) || !job.id.utf8.starts(with: "//".utf8)
        else { return }
        throw Violation("\(Escaped.string(job.description)) can be created but not parsed")
    }

    private func checkCoding(_ job: JobReference) throws {
        do {
            let data = try JSONEncoder().encode([job: [job]])
            let decoded = try JSONDecoder().decode([JobReference: [JobReference]].self, from: data)
            guard let (key, value) = decoded.first, decoded.count == 1, value.count == 1 else {
                throw Violation("a reference was lost in JSON")
            }
            for copy in [key, value[0]] {
                try Violation.unless(
                    copy.id.utf8.elementsEqual(job.id.utf8) && copy.endpoint == job.endpoint && copy == job,
                    "it is decoded as \(Escaped.string(copy.description))"
                )
            }
        } catch let error as Violation {
            throw error
        } catch {
            throw Violation("it can't be encoded and decoded: \(error)")
        }
    }
}
