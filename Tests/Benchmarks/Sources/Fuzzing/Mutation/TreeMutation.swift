/// A change to the structure of a response.
package enum TreeMutation: CaseIterable, Sendable {
    case oddValue, otherType, drop, duplicate, rename, nest, nestDeep, move, number, string, status, echo, many, add

    /// Changes one random value of a tree.
    func apply(to tree: inout JSONTree, canary: Canary, _ random: inout SeededRandom) {
        let count = tree.count
        let place = random.below(count)
        var random2 = random
        switch self {
        case .oddValue: tree.change(place) { $0 = Self.odd(&random2) }
        case .otherType: tree.change(place) { $0 = Self.retyped($0, &random2) }
        case .drop, .duplicate, .rename, .add: tree.change(place) { changeMember(of: &$0, &random2) }
        case .nest: tree.change(place) { $0 = Self.nested($0, 1 + random2.below(3), &random2) }
        case .nestDeep:
            tree.change(place) { $0 = Self.nested($0, random2.pick([60, 64, 65, 70, 300, 600, 2_000]), &random2) }
        case .move:
            let moved = tree.value(random2.below(count))
            tree.change(place) { $0 = moved }
        case .number: tree.change(place) { $0 = .raw(random2.pick(OddValues.numbers)) }
        case .string: tree.change(place) { $0 = Self.changedString($0, &random2) }
        case .status: tree.change(place) { $0 = .string(random2.pick(OddValues.statusValues)) }
        case .echo:
            guard let echo = canary.echo(&random2) else { break }
            tree.change(place) { value in
                if case .object(let members) = value, !random2.oneIn(3) {
                    value = .object(members + [JSONTree.Member(echo, .string(echo))])
                } else {
                    value = .string(echo)
                }
            }
        case .many: tree.change(place) { $0 = Self.repeated($0, random2.pick([2, 3, 10, 60, 130]), &random2) }
        }
        random = random2
    }

    /// Drops, duplicates, renames or adds a member or an element.
    private func changeMember(of tree: inout JSONTree, _ random: inout SeededRandom) {
        switch tree {
        case .object(var members):
            let index = random.below(members.count)
            switch self {
            case .add:
                members.insert(.init(random.pick(OddValues.names), Self.odd(&random)), at: members.isEmpty ? 0 : index)
            case _ where members.isEmpty: break
            case .drop: members.remove(at: index)
            case .duplicate:
                let value = random.oneIn(2) ? Self.odd(&random) : members[index].value
                members.insert(.init(members[index].name, value), at: random.below(members.count + 1))
            default: members[index].name = random.pick(OddValues.names)
            }
            tree = .object(members)
        case .array(var elements):
            if self == .drop, !elements.isEmpty {
                elements.remove(at: random.below(elements.count))
            } else {
                elements.insert(Self.odd(&random), at: random.below(elements.count + 1))
            }
            tree = .array(elements)
        case .string, .raw: tree = Self.odd(&random)
        }
    }

    private static func odd(_ random: inout SeededRandom) -> JSONTree {
        switch random.below(8) {
        case 0...1: .raw(random.pick(OddValues.literals))
        case 2: .raw(random.pick(OddValues.numbers))
        case 3: .raw(random.pick(OddValues.invalidStrings))
        case 4: .string(random.pick(OddValues.statusValues))
        case 5: .object([JSONTree.Member(random.pick(OddValues.names), .string(random.pick(OddValues.strings)))])
        default: .string(random.pick(OddValues.strings))
        }
    }

    /// Returns the value as another JSON type.
    private static func retyped(_ tree: JSONTree, _ random: inout SeededRandom) -> JSONTree {
        switch tree {
        case .object(let members): random.oneIn(2) ? .array(members.map(\.value)) : .string("[object Object]")
        case .array(let elements):
            random.oneIn(2)
                ? elements.first ?? .raw("null")
                : .object(elements.enumerated().map { JSONTree.Member(String($0), $1) })
        case .string(let text): random.oneIn(2) ? .raw(text) : .array([tree])
        case .raw(let bytes): random.oneIn(2) ? .string(String(decoding: bytes, as: UTF8.self)) : .array([tree])
        }
    }

    private static func nested(_ tree: JSONTree, _ depth: Int, _ random: inout SeededRandom) -> JSONTree {
        if depth > 10 {
            // Raw bytes, since a tree of this depth would overflow the fuzzer's own stack.
            let opening = random.pick(["[", "{\"a\":", "[{\"output\":"])
            let closing = String(opening.reversed().filter { "[{".contains($0) }.map { $0 == "[" ? "]" : "}" })
            return .raw(
                String(repeating: opening, count: depth) + "null" + String(repeating: closing, count: depth)
            )
        }
        return (0..<depth).reduce(tree) { inner, _ in
            random.oneIn(2) ? .array([inner]) : .object([JSONTree.Member(random.pick(OddValues.names), inner)])
        }
    }

    private static func changedString(_ tree: JSONTree, _ random: inout SeededRandom) -> JSONTree {
        guard case .string(let text) = tree else { return .string(random.pick(OddValues.strings)) }
        let other = random.pick(OddValues.strings)
        let place = text.unicodeScalars.index(
            text.unicodeScalars.startIndex,
            offsetBy: random.below(text.unicodeScalars.count + 1)
        )
        switch random.below(4) {
        case 0: return .string(text[..<place] + other + text[place...])
        case 1: return .string(String(text[..<place]))
        case 2: return .string(other + text)
        default: return .string(String(repeating: text, count: 1 + random.below(40)))
        }
    }

    private static func repeated(_ tree: JSONTree, _ count: Int, _ random: inout SeededRandom) -> JSONTree {
        if case .array(let elements) = tree, let first = elements.first {
            return .array(elements + Array(repeating: first, count: count))
        }
        return .array(Array(repeating: tree, count: count))
    }
}
