import FetchCore

/// The conditions under which an entry of a manifest applies to a response. All of them must hold.
struct When: Sendable, Hashable {
    /// The conditions, those on the HTTP status and the headers first. Never empty.
    let conditions: [Condition]

    init(_ conditions: [Condition]) {
        self.conditions = conditions.filter { !$0.path.isInBody } + conditions.filter(\.path.isInBody)
    }

    /// True if a condition is about the HTTP status, so that the entry also applies to a status other than 2xx.
    var readsHTTPStatus: Bool { conditions.contains { $0.path == .httpStatus } }

    /// Returns true if all conditions hold.
    ///
    /// - Throws: ``FetchError`` if the HTTP status is 2xx and a condition needs the body, but the body isn't JSON.
    func holds(for response: ParsedResponse) throws(FetchError) -> Bool {
        for condition in conditions {
            let value: JSONValue?
            do throws(FetchError) {
                value = try condition.path.foundValue(in: response)
            } catch  where !response.isSuccess {
                value = nil
            }
            guard condition.holds(for: value) else { return false }
        }
        return true
    }

    /// Returns the condition on a path, or `nil` if there is none.
    func condition(on path: ValuePath) -> Condition? { conditions.first { $0.path == path } }

    /// Returns true if these conditions hold for each response for which the others hold.
    func isImplied(by other: When) -> Bool {
        conditions.allSatisfy { condition in other.condition(on: condition.path).map(condition.isImplied(by:)) ?? false
        }
    }
}

extension When? {
    /// Returns true if there is no condition, or if all hold.
    func holds(for response: ParsedResponse) throws(FetchError) -> Bool { try self?.holds(for: response) ?? true }

    /// Returns true if these conditions hold for each response for which the others hold.
    func isImplied(by other: When?) -> Bool {
        guard let self else { return true }
        return other.map { self.isImplied(by: $0) } ?? false
    }
}
