import Foundation
import Fuzzing
import Testing

@Suite struct `What inputs are made of` {
    @Test func `is the same for the same seed, and another for another`() throws {
        for target in try AllTargets.made() {
            let shown = (0..<20).map { Campaign(target, seed: 1).shown($0) }
            #expect(shown == (0..<20).map { Campaign(target, seed: 1).shown($0) })
            #expect(shown != (0..<20).map { Campaign(target, seed: 2).shown($0) })
            #expect(Set(shown).count > 10, "\(target.name)")
        }
    }

    @Test(arguments: [
        #"{"a":[1,-2.50,{"b":null}],"a":"x\/y","":[]}"#, "[]", "\"\"", "12345678901234567890.10", " {\n} ",
    ])
    func `is read and written as it stood there`(text: String) throws {
        let tree = try #require(TreeReader.tree(of: Array(text.utf8)))
        let written = TreeWriter.bytes(of: tree, .plain, Dice(seed: 1, target: "", index: 0))
        #expect(TreeReader.tree(of: written) == tree)
        #expect(
            String(decoding: written, as: UTF8.self).filter { !$0.isWhitespace }
                == text.filter { !$0.isWhitespace && $0 != "\\" }
        )
    }

    @Test(arguments: ["{", "[1", "{\"a\"}", "\"a", "[1,2]x", ""])
    func `is no tree where it is no JSON`(text: String) {
        #expect(TreeReader.tree(of: Array(text.utf8)) == nil)
    }

    @Test func `counts and changes each value once`() throws {
        let tree = try #require(TreeReader.tree(of: Array(#"{"a":[1,2],"b":{"c":3}}"#.utf8)))
        #expect(tree.count == 6)
        var results: Set<Tree> = []
        for number in 0..<tree.count {
            var changed = tree
            changed.change(number) { $0 = .raw("7") }
            results.insert(changed)
        }
        #expect(results.count == 6)
        #expect(!results.contains(tree))
    }
}
