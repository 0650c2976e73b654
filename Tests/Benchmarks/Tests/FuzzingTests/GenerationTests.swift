import Foundation
import Fuzzing
import Testing

@Suite("Generation of fuzzing inputs")
struct GenerationTests {
    @Test func `equal seeds generate equal inputs, and different seeds different ones`() throws {
        for target in try AllTargets.create() {
            let descriptions = (0..<20).map { Campaign(target, seed: 1).inputDescription(at: $0) }
            #expect(descriptions == (0..<20).map { Campaign(target, seed: 1).inputDescription(at: $0) })
            #expect(descriptions != (0..<20).map { Campaign(target, seed: 2).inputDescription(at: $0) })
            #expect(Set(descriptions).count > 10, "\(target.name)")
        }
    }

    @Test(arguments: [
        #"{"a":[1,-2.50,{"b":null}],"a":"x\/y","":[]}"#, "[]", "\"\"", "12345678901234567890.10", " {\n} ",
    ])
    func `JSON is preserved when read and written`(text: String) throws {
        let tree = try #require(JSONTreeReader.tree(of: Array(text.utf8)))
        let written = JSONTreeWriter.bytes(of: tree, .plain, SeededRandom(seed: 1, target: "", index: 0))
        #expect(JSONTreeReader.tree(of: written) == tree)
        #expect(
            String(decoding: written, as: UTF8.self).filter { !$0.isWhitespace }
                == text.filter { !$0.isWhitespace && $0 != "\\" }
        )
    }

    @Test(arguments: ["{", "[1", "{\"a\"}", "\"a", "[1,2]x", ""])
    func `invalid JSON has no tree`(text: String) {
        #expect(JSONTreeReader.tree(of: Array(text.utf8)) == nil)
    }

    @Test func `each value of a tree can be changed by its number`() throws {
        let tree = try #require(JSONTreeReader.tree(of: Array(#"{"a":[1,2],"b":{"c":3}}"#.utf8)))
        #expect(tree.count == 6)
        var results: Set<JSONTree> = []
        for number in 0..<tree.count {
            var changed = tree
            changed.change(number) { $0 = .raw("7") }
            results.insert(changed)
        }
        #expect(results.count == 6)
        #expect(!results.contains(tree))
    }
}
