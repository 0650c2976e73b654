package import FetchCore

extension JSONPath {
    fileprivate func prefixed(by step: Step) -> Self { Self(steps: [step] + steps) }
    fileprivate var rest: Self { Self(steps: Array(steps.dropFirst())) }
}

extension JSONValue {
    /// The paths to all values that this value contains, sorted by name and index.
    package var paths: [JSONPath] {
        switch self {
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { name, value in
                [JSONPath(steps: [.member(name)])] + value.paths.map { $0.prefixed(by: .member(name)) }
            }
        case .array(let elements):
            elements.enumerated().flatMap { index, value in
                [JSONPath(steps: [.element(index)])] + value.paths.map { $0.prefixed(by: .element(index)) }
            }
        case .null, .bool, .integer, .number, .string: []
        }
    }

    /// Returns a copy with another value at a path. `nil` removes the value.
    package func replacing(_ path: JSONPath, with value: JSONValue?) -> JSONValue {
        switch (path.steps.first, self) {
        case (nil, _): return value ?? .null
        case (.member(let name), .object(var members)):
            if path.steps.count == 1, value == nil {
                members[name] = nil
            } else {
                members[name] = members[name]?.replacing(path.rest, with: value)
            }
            return .object(members)
        case (.element(let index), .array(var elements)) where elements.indices.contains(index):
            if path.steps.count == 1, value == nil {
                elements.remove(at: index)
            } else {
                elements[index] = elements[index].replacing(path.rest, with: value)
            }
            return .array(elements)
        default: return self
        }
    }
}
