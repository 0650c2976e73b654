#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// A word that no provider has for anything.
private let unknownWord = "quxifying"

/// The words that providers have for a job that isn't ready.
private let pendingWords = [
    "processing", "pending", "queued", "running", "in_progress", "starting", "IN_PROGRESS", "IN_QUEUE", "PENDING",
    "RUNNING", "PROCESSING", "QUEUED", "Pending", "Processing", "InProgress", "Queueing", "waiting", "throttled",
]

extension ConformanceRun {
    /// Puts an unknown word in the place of each status word.
    func unknownStatusViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        for fixture in fixtures {
            guard let json = fixture.json else { continue }
            let candidates = json.paths.filter { isStatusName($0, in: json) || isWordOfBothKinds($0, in: json) }
            for path in candidates {
                let meant = fixture.meaning == .pending ? true : try await decides(path, in: fixture, json, id)
                guard meant else { continue }
                let result = try await ask(id, fixture.responses(with: unknownWord, at: path, of: json)).result
                if case .success(.pending) = result { continue }
                // In a pending answer the word may be that of an envelope, which may be refused.
                if fixture.meaning == .pending, case .failure = result { continue }
                return [
                    ConformanceViolation(
                        .unknownStatus,
                        "With the unknown word “\(unknownWord)” as \(path.shown), \(fixture.shown) is read as "
                            + "\(result.inWords()). Return .pending for every word that isn't known to be an end."
                    )
                ]
            }
        }
        return []
    }

    private func isStatusName(_ path: JSONPath, in json: JSONValue) -> Bool {
        guard case .member(let name)? = path.steps.last, json[path]?.string != nil else { return false }
        return ["status", "state"].contains { name.lowercased().hasSuffix($0) }
    }

    /// Whether answers of both kinds, pending and an end, have a word there, and not the same: whatever its name, it may be
    /// the status.
    private func isWordOfBothKinds(_ path: JSONPath, in json: JSONValue) -> Bool {
        let pending = words(at: path) { $0 == .pending }
        let ends = words(at: path) { $0 != .pending }
        return json[path]?.isWord == true && !pending.isEmpty && !ends.isEmpty && pending.isDisjoint(with: ends)
    }

    private func words(at path: JSONPath, where isMeant: (EndpointFixture.Meaning) -> Bool) -> Set<String> {
        let values = fixtures.filter { isMeant($0.meaning) }.compactMap { $0.json?[path] }
        return Set(values.filter(\.isWord).compactMap(\.string))
    }

    /// Whether the word at the path is what makes the answer an end: with a word for pending there it would be none.
    private func decides(
        _ path: JSONPath,
        in fixture: EndpointFixture,
        _ json: JSONValue,
        _ id: Endpoint.ID
    ) async throws -> Bool {
        let shown = words(at: path) { $0 == .pending }.sorted()
        for word in shown + pendingWords {
            let result = try await ask(id, fixture.responses(with: word, at: path, of: json)).result
            if case .success(.pending) = result { return true }
        }
        return false
    }
}

extension JSONValue {
    /// Whether the value is a text like a status: one word, and no link, number or sentence.
    fileprivate var isWord: Bool {
        guard let text = string, !text.isEmpty, text.count <= 32 else { return false }
        return text.allSatisfy { $0.isLetter || "_-".contains($0) }
    }
}

extension EndpointFixture {
    /// The body, where it is JSON.
    var json: JSONValue? { try? response.json(JSONValue.self, requiringSuccess: false) }

    /// The answers with another value at a path of the first one.
    func responses(with value: JSONValue?, at path: JSONPath, of json: JSONValue) -> [FetchResponse] {
        var changed = response
        changed.body = (try? JSONEncoder().encode(json.replacing(path, with: value))) ?? Data()
        return [changed] + further
    }

    func responses(with word: String, at path: JSONPath, of json: JSONValue) -> [FetchResponse] {
        responses(with: .string(word), at: path, of: json)
    }
}
