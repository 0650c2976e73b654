/// A change to the structure of an answer.
package enum TreeMutation: CaseIterable, Sendable {
    case oddValue, otherType, drop, double, rename, nest, nestDeep, move, number, text, word, echo, many, add

    /// Changes one value of a tree.
    func apply(to tree: inout Tree, canary: Canary, _ dice: inout Dice) {
        let count = tree.count
        let place = dice.below(count)
        var dice2 = dice
        switch self {
        case .oddValue: tree.change(place) { $0 = Self.odd(&dice2) }
        case .otherType: tree.change(place) { $0 = Self.retyped($0, &dice2) }
        case .drop, .double, .rename, .add: tree.change(place) { changeMember(of: &$0, &dice2) }
        case .nest: tree.change(place) { $0 = Self.nested($0, 1 + dice2.below(3), &dice2) }
        case .nestDeep:
            tree.change(place) { $0 = Self.nested($0, dice2.pick([60, 64, 65, 70, 300, 600, 2_000]), &dice2) }
        case .move:
            let moved = tree.value(dice2.below(count))
            tree.change(place) { $0 = moved }
        case .number: tree.change(place) { $0 = .raw(dice2.pick(OddValues.numbers)) }
        case .text: tree.change(place) { $0 = Self.changedText($0, &dice2) }
        case .word: tree.change(place) { $0 = .string(dice2.pick(OddValues.words)) }
        case .echo:
            guard let echo = canary.echo(&dice2) else { break }
            tree.change(place) { value in
                if case .object(let members) = value, !dice2.oneIn(3) {
                    value = .object(members + [Tree.Member(echo, .string(echo))])
                } else {
                    value = .string(echo)
                }
            }
        case .many: tree.change(place) { $0 = Self.repeated($0, dice2.pick([2, 3, 10, 60, 130]), &dice2) }
        }
        dice = dice2
    }

    /// Drops, doubles, renames or adds a member or an element.
    private func changeMember(of tree: inout Tree, _ dice: inout Dice) {
        switch tree {
        case .object(var members):
            let index = dice.below(members.count)
            switch self {
            case .add:
                members.insert(.init(dice.pick(OddValues.names), Self.odd(&dice)), at: members.isEmpty ? 0 : index)
            case _ where members.isEmpty: break
            case .drop: members.remove(at: index)
            case .double:
                let value = dice.oneIn(2) ? Self.odd(&dice) : members[index].value
                members.insert(.init(members[index].name, value), at: dice.below(members.count + 1))
            default: members[index].name = dice.pick(OddValues.names)
            }
            tree = .object(members)
        case .array(var elements):
            if self == .drop, !elements.isEmpty {
                elements.remove(at: dice.below(elements.count))
            } else {
                elements.insert(Self.odd(&dice), at: dice.below(elements.count + 1))
            }
            tree = .array(elements)
        case .string, .raw: tree = Self.odd(&dice)
        }
    }

    private static func odd(_ dice: inout Dice) -> Tree {
        switch dice.below(8) {
        case 0...1: .raw(dice.pick(OddValues.literals))
        case 2: .raw(dice.pick(OddValues.numbers))
        case 3: .raw(dice.pick(OddValues.brokenTexts))
        case 4: .string(dice.pick(OddValues.words))
        case 5: .object([Tree.Member(dice.pick(OddValues.names), .string(dice.pick(OddValues.texts)))])
        default: .string(dice.pick(OddValues.texts))
        }
    }

    /// The same thing as another type.
    private static func retyped(_ tree: Tree, _ dice: inout Dice) -> Tree {
        switch tree {
        case .object(let members): dice.oneIn(2) ? .array(members.map(\.value)) : .string("[object Object]")
        case .array(let elements):
            dice.oneIn(2)
                ? elements.first ?? .raw("null")
                : .object(elements.enumerated().map { Tree.Member(String($0), $1) })
        case .string(let text): dice.oneIn(2) ? .raw(text) : .array([tree])
        case .raw(let bytes): dice.oneIn(2) ? .string(String(decoding: bytes, as: UTF8.self)) : .array([tree])
        }
    }

    private static func nested(_ tree: Tree, _ depth: Int, _ dice: inout Dice) -> Tree {
        if depth > 10 {
            // A tree of that depth would need the stack that the reader is asked to spare.
            let opening = dice.pick(["[", "{\"a\":", "[{\"output\":"])
            let closing = String(opening.reversed().filter { "[{".contains($0) }.map { $0 == "[" ? "]" : "}" })
            return .raw(
                String(repeating: opening, count: depth) + "null" + String(repeating: closing, count: depth)
            )
        }
        return (0..<depth).reduce(tree) { inner, _ in
            dice.oneIn(2) ? .array([inner]) : .object([Tree.Member(dice.pick(OddValues.names), inner)])
        }
    }

    private static func changedText(_ tree: Tree, _ dice: inout Dice) -> Tree {
        guard case .string(let text) = tree else { return .string(dice.pick(OddValues.texts)) }
        let other = dice.pick(OddValues.texts)
        let place = text.unicodeScalars.index(
            text.unicodeScalars.startIndex,
            offsetBy: dice.below(text.unicodeScalars.count + 1)
        )
        switch dice.below(4) {
        case 0: return .string(text[..<place] + other + text[place...])
        case 1: return .string(String(text[..<place]))
        case 2: return .string(other + text)
        default: return .string(String(repeating: text, count: 1 + dice.below(40)))
        }
    }

    private static func repeated(_ tree: Tree, _ count: Int, _ dice: inout Dice) -> Tree {
        if case .array(let elements) = tree, let first = elements.first {
            return .array(elements + Array(repeating: first, count: count))
        }
        return .array(Array(repeating: tree, count: count))
    }
}
