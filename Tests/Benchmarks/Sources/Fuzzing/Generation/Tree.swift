/// JSON as it is written: members in their order and as often as they stand there, numbers digit for digit, and things that
/// are no JSON at all.
package enum Tree: Sendable, Hashable {
    /// A member of an object.
    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: Tree

        package init(_ name: String, _ value: Tree) {
            (self.name, self.value) = (name, value)
        }
    }

    case object([Member])
    case array([Tree])
    case string(String)
    /// Bytes that are written as they are: a number, `true`, `null`, or nothing that a parser knows.
    case raw([UInt8])

    package static func raw(_ text: String) -> Self { .raw(Array(text.utf8)) }
}

extension Tree {
    /// How many values there are, this one included.
    package var count: Int {
        switch self {
        case .object(let members): members.reduce(1) { $0 + $1.value.count }
        case .array(let elements): elements.reduce(1) { $0 + $1.count }
        case .string, .raw: 1
        }
    }

    /// Changes the value of that number, counted from the root on and downwards.
    package mutating func change(_ number: Int, _ change: (inout Tree) -> Void) {
        var number = number
        _ = descend(&number, change)
    }

    private mutating func descend(_ number: inout Int, _ change: (inout Tree) -> Void) -> Bool {
        if number == 0 {
            change(&self)
            return true
        }
        number -= 1
        switch self {
        case .object(var members):
            for index in members.indices where members[index].value.descend(&number, change) {
                self = .object(members)
                return true
            }
        case .array(var elements):
            for index in elements.indices where elements[index].descend(&number, change) {
                self = .array(elements)
                return true
            }
        case .string, .raw: break
        }
        return false
    }

    /// The value of that number.
    package func value(_ number: Int) -> Tree {
        var (copy, found) = (self, self)
        copy.change(number) { found = $0 }
        return found
    }

    /// All texts and names in it.
    package func forEachText(_ body: (String) -> Void) {
        switch self {
        case .object(let members):
            for member in members {
                body(member.name)
                member.value.forEachText(body)
            }
        case .array(let elements): for element in elements { element.forEachText(body) }
        case .string(let text): body(text)
        case .raw(let bytes): body(String(decoding: bytes, as: UTF8.self))
        }
    }
}
