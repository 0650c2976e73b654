/// A syntax tree of JSON that preserves the order and duplicates of members and the digits of numbers, and can contain
/// invalid JSON.
package enum JSONTree: Sendable, Hashable {
    /// A member of an object.
    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: JSONTree

        package init(_ name: String, _ value: JSONTree) {
            (self.name, self.value) = (name, value)
        }
    }

    case object([Member])
    case array([JSONTree])
    case string(String)
    /// Bytes that are written unchanged: a number, a literal, or invalid JSON.
    case raw([UInt8])

    package static func raw(_ text: String) -> Self { .raw(Array(text.utf8)) }
}

extension JSONTree {
    /// The number of values, including this one.
    package var count: Int {
        switch self {
        case .object(let members): members.reduce(1) { $0 + $1.value.count }
        case .array(let elements): elements.reduce(1) { $0 + $1.count }
        case .string, .raw: 1
        }
    }

    /// Changes the value with a given number in depth-first order. The root has the number 0.
    package mutating func change(_ number: Int, _ change: (inout JSONTree) -> Void) {
        var number = number
        _ = descend(&number, change)
    }

    private mutating func descend(_ number: inout Int, _ change: (inout JSONTree) -> Void) -> Bool {
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

    /// Returns the value with a given number in depth-first order.
    package func value(_ number: Int) -> JSONTree {
        var (copy, found) = (self, self)
        copy.change(number) { found = $0 }
        return found
    }

    /// Calls a closure with every name, string and raw value.
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
