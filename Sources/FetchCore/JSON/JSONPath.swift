/// The path from a JSON value to a value that it contains: `status`, `data.items[0].url`, `files['a.b'].url`.
package struct JSONPath: Sendable, Hashable {
    package enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
    }

    /// The reason why a string isn't a path, as a clause without a subject.
    package struct SyntaxError: Error {
        package let reason: String
    }

    /// The maximum number of steps, which is the maximum nesting depth of ``JSONLimits``.
    package static let maximumSteps = 64

    /// The members and elements to follow. Empty for the value itself.
    package var steps: [Step]

    /// Creates a path from its steps.
    package init(steps: [Step] = []) { self.steps = steps }

    /// Parses a path: member names joined by dots, and brackets with an element index or a quoted member name.
    package init(_ text: String) throws(SyntaxError) {
        steps = []
        var rest = text[...]
        repeat {
            if rest.utf8.first == UInt8(ascii: "[") {
                steps.append(try Self.bracket(&rest))
            } else {
                if !steps.isEmpty, !rest.skip(".") { throw Self.missingName }
                let name = Substring(rest.utf8.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") })
                guard !name.isEmpty else { throw Self.missingName }
                steps.append(.member(String(name)))
                rest = rest[name.endIndex...]
            }
            guard steps.count <= Self.maximumSteps else {
                throw SyntaxError(reason: "has more than \(Self.maximumSteps) steps")
            }
        } while !rest.isEmpty
    }

    private static let missingName = SyntaxError(reason: "a member name before or after a dot is missing")

    /// Reads `[0]` or `['name']`.
    private static func bracket(_ rest: inout Substring) throws(SyntaxError) -> Step {
        let problem = SyntaxError(reason: "brackets must contain an element index or a member name in single quotes")
        guard rest.skip("[") else { throw problem }
        if rest.skip("'") {
            guard let end = rest.utf8.firstIndex(of: UInt8(ascii: "'")), end > rest.startIndex else { throw problem }
            let name = rest[..<end]
            rest = rest[end...]
            guard rest.skip("'"), rest.skip("]") else { throw problem }
            return .member(String(name))
        }
        let digits = Substring(rest.utf8.prefix { $0 != UInt8(ascii: "]") })
        rest = rest[digits.endIndex...]
        guard rest.skip("]"), digits.utf8.allSatisfy(ASCII.isDigit), let index = Int(digits) else { throw problem }
        return .element(index)
    }
}

extension JSONPath: CustomStringConvertible {
    /// The path in the form that it is parsed from.
    package var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .member(let name)
            where name.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") }):
                text += "['\(name)']"
            case .member(let name): text += text.isEmpty ? name : ".\(name)"
            case .element(let index): text += "[\(index)]"
            }
        }
    }
}

extension JSONValue {
    /// Returns the value at a path, which may be `null`. `nil` if the path doesn't exist.
    package func value(at path: JSONPath) -> JSONValue? {
        var value = self
        for step in path.steps {
            switch (step, value) {
            case (.member(let name), .object(let members)):
                guard let member = members[name] else { return nil }
                value = member
            case (.element(let index), .array(let elements)):
                guard elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }
}

extension Substring {
    /// Removes the first byte if it is the given character. Returns false if it is another one.
    fileprivate mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard utf8.first == UInt8(ascii: character) else { return false }
        self = self[utf8.index(after: startIndex)...]
        return true
    }
}
