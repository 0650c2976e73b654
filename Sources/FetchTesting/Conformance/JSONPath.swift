package import FetchCore

/// The way from a JSON value to one inside it.
package struct JSONPath: Hashable {
    enum Step: Hashable {
        case member(String)
        case element(Int)
    }

    var steps: [Step] = []

    /// The path as people write it: `data.output[0]`.
    var shown: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .member(let name): text += text.isEmpty ? name : ".\(name)"
            case .element(let index): text += "[\(index)]"
            }
        }
    }

    fileprivate func behind(_ step: Step) -> Self { Self(steps: [step] + steps) }
    fileprivate var rest: Self { Self(steps: Array(steps.dropFirst())) }
}

extension JSONValue {
    /// The paths to all values inside, in a fixed order.
    package var paths: [JSONPath] {
        switch self {
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { name, value in
                [JSONPath(steps: [.member(name)])] + value.paths.map { $0.behind(.member(name)) }
            }
        case .array(let elements):
            elements.enumerated().flatMap { index, value in
                [JSONPath(steps: [.element(index)])] + value.paths.map { $0.behind(.element(index)) }
            }
        case .null, .bool, .integer, .number, .string: []
        }
    }

    /// The value at a path, nil where there is none.
    subscript(path: JSONPath) -> JSONValue? {
        switch (path.steps.first, self) {
        case (nil, _): self
        case (.member(let name), .object(let members)): members[name]?[path.rest]
        case (.element(let index), .array(let elements)):
            elements.indices.contains(index) ? elements[index][path.rest] : nil
        default: nil
        }
    }

    /// The same value with another one at a path, or with none there.
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
