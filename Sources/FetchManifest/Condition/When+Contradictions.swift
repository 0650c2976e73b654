import FetchCore

// Checks for conditions that can never hold.
extension When {
    /// Reports the conditions that hold for no response.
    func reportContradictions(_ field: FieldReader) {
        for condition in conditions where condition.possibleKinds.isEmpty {
            let kinds = condition.path.possibleKinds.map(\.rawValue).sorted().joined(separator: ", ")
            field.report("\(condition.text) never has such a value", "Its kind is one of: \(kinds).")
        }
        for condition in conditions where condition.path == .httpStatus {
            let isStatus = condition.onlyValues?.contains { (Int($0) ?? 0) >= 100 && (Int($0) ?? 0) <= 599 }
            if isStatus == false {
                field.report("\(condition.text) never has such a value", "Write an HTTP status, such as 403.")
            }
        }
        for (index, one) in conditions.enumerated() {
            for other in conditions.dropFirst(index + 1) where Self.contradict(one, other) {
                field.report(
                    "\(one.text) and \(other.text) can't both have such a value",
                    "A value has members only if it is an object, and elements only if it is an array. Split the entry."
                )
            }
        }
    }

    /// Returns true if no body can satisfy both conditions, since a value would have to be of two kinds.
    private static func contradict(_ one: Condition, _ other: Condition) -> Bool {
        guard case .json(let first) = one.path, case .json(let second) = other.path else { return false }
        // A value that may be missing demands nothing of the values around it.
        let (firstExists, secondExists) = (
            !one.possibleKinds.contains(.missing), !other.possibleKinds.contains(.missing)
        )
        let common = zip(first.steps, second.steps).prefix { $0 == $1 }.count
        switch (first.steps.dropFirst(common).first, second.steps.dropFirst(common).first) {
        case (nil, let step?): return secondExists && !one.possibleKinds.contains(step.container)
        case (let step?, nil): return firstExists && !other.possibleKinds.contains(step.container)
        case (let step?, let another?): return firstExists && secondExists && step.container != another.container
        case (nil, nil): return false
        }
    }
}

extension JSONPath.Step {
    /// The kind of a value that has such a member or element.
    fileprivate var container: ValueKind {
        switch self {
        case .member: .object
        case .element: .array
        }
    }
}
