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
            for path in json.paths(toStringsNamed: isStatusName) {
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

    private func isStatusName(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasSuffix("status") || name.hasSuffix("state")
    }

    /// Whether the word at the path is what makes the answer an end: with a word for pending there it would be none.
    private func decides(
        _ path: JSONPath,
        in fixture: EndpointFixture,
        _ json: JSONValue,
        _ id: Endpoint.ID
    ) async throws -> Bool {
        let shown = fixtures.filter { $0.meaning == .pending }.compactMap { $0.json?[path]?.string }
        for word in shown + pendingWords {
            let result = try await ask(id, fixture.responses(with: word, at: path, of: json)).result
            if case .success(.pending) = result { return true }
        }
        return false
    }
}

extension EndpointFixture {
    /// The body, where it is JSON.
    var json: JSONValue? { try? response.jsonWhateverTheStatus(JSONValue.self) }

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
