#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// A status that no provider uses.
private let unknownStatus = "quxifying"

/// The statuses that providers use for a pending job.
private let pendingStatuses = [
    "processing", "pending", "queued", "running", "in_progress", "starting", "IN_PROGRESS", "IN_QUEUE", "PENDING",
    "RUNNING", "PROCESSING", "QUEUED", "Pending", "Processing", "InProgress", "Queueing", "waiting", "throttled",
]

extension ConformanceRun {
    /// Replaces each status of the fixtures by an unknown one.
    func unknownStatusViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        for fixture in fixtures {
            guard let json = fixture.json else { continue }
            let candidates = json.paths.filter { isNamedStatus($0, in: json) || distinguishesStates($0, in: json) }
            for path in candidates {
                let isStatus = fixture.meaning == .pending ? true : try await decides(path, in: fixture, json, id)
                guard isStatus else { continue }
                let result = try await poll(id, fixture.responses(with: unknownStatus, at: path, of: json)).result
                if case .success(.pending) = result { continue }
                // In a pending response the status may belong to an envelope, which may be rejected.
                if fixture.meaning == .pending, case .failure = result { continue }
                return [
                    ConformanceViolation(
                        .unknownStatus,
                        "With the unknown status “\(unknownStatus)” as \(path), \(fixture.excerpt) is decoded as "
                            + "\(result.summary()). Return .pending for every status that isn't known to be terminal."
                    )
                ]
            }
        }
        return []
    }

    private func isNamedStatus(_ path: JSONPath, in json: JSONValue) -> Bool {
        guard case .member(let name)? = path.steps.last, json.value(at: path)?.string != nil else { return false }
        return ["status", "state"].contains { name.lowercased().hasSuffix($0) }
    }

    /// Returns true if pending and terminal fixtures have different words at the path. Such a field may be the status,
    /// whatever its name.
    private func distinguishesStates(_ path: JSONPath, in json: JSONValue) -> Bool {
        let pending = words(at: path) { $0 == .pending }
        let terminal = words(at: path) { $0 != .pending }
        return json.value(at: path)?.isWord == true && !pending.isEmpty && !terminal.isEmpty
            && pending.isDisjoint(with: terminal)
    }

    private func words(at path: JSONPath, where isIncluded: (EndpointFixture.Meaning) -> Bool) -> Set<String> {
        let values = fixtures.filter { isIncluded($0.meaning) }.compactMap { $0.json?.value(at: path) }
        return Set(values.filter(\.isWord).compactMap(\.string))
    }

    /// Returns true if the value at the path makes the response terminal: with a pending status there, it is pending.
    private func decides(
        _ path: JSONPath,
        in fixture: EndpointFixture,
        _ json: JSONValue,
        _ id: Endpoint.ID
    ) async throws -> Bool {
        let ownStatuses = words(at: path) { $0 == .pending }.sorted()
        for status in ownStatuses + pendingStatuses {
            let result = try await poll(id, fixture.responses(with: status, at: path, of: json)).result
            if case .success(.pending) = result { return true }
        }
        return false
    }
}

extension JSONValue {
    /// True if the value is a string of one word, such as a status, and not a link, a number or a sentence.
    fileprivate var isWord: Bool {
        guard let text = string, !text.isEmpty, text.count <= 32 else { return false }
        return text.allSatisfy { $0.isLetter || "_-".contains($0) }
    }
}

extension EndpointFixture {
    /// The body as JSON. `nil` if it isn't JSON.
    var json: JSONValue? { try? response.json(JSONValue.self, requiringSuccess: false) }

    /// Returns the responses with another value at a path of the first body. `nil` removes the value.
    func responses(with value: JSONValue?, at path: JSONPath, of json: JSONValue) -> [FetchResponse] {
        var changed = response
        changed.body = (try? JSONEncoder().encode(json.replacing(path, with: value))) ?? Data()
        return [changed] + followUps
    }

    func responses(with status: String, at path: JSONPath, of json: JSONValue) -> [FetchResponse] {
        responses(with: .string(status), at: path, of: json)
    }
}
