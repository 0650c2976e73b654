import FetchCore
import FetchDownload
import Foundation
import TestSupport
import Testing

@Suite("Plain file names") struct PlainFileNameTests {
    @Test(arguments: HostileNames.table)
    func `a name from outside is reduced to a plain one`(text: String, expected: String?) {
        let name = PlainFileName(reducing: text)
        // Strings are compared by their bytes: `==` of strings ignores normalization.
        #expect(name.map { Array($0.text.utf8) } == expected.map { Array($0.utf8) }, "\(name?.text ?? "nil")")
    }

    @Test func `the corpus is large`() { #expect(HostileNames.table.count + HostileNames.long.count >= 100) }

    @Test(arguments: HostileNames.table.compactMap { PlainFileName(reducing: $0.0)?.text } + HostileNames.long)
    func `a reduced name has all properties, and isn't reduced further`(text: String) throws {
        let name = try #require(PlainFileName(reducing: text))
        try expectPlain(name)
        #expect(PlainFileName(reducing: name.text) == name)
        try expectPlain(name.numbered(2))
        try expectPlain(name.numbered(9_999))
        #expect(name.numbered(2) != name)
    }

    /// Returns a string of random characters.
    private func string(
        of scalars: [Unicode.Scalar],
        length: ClosedRange<Int>,
        using random: inout SplitMix64
    ) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: length, using: &random) {
            text.append(scalars.randomElement(using: &random) ?? "a")
        }
        return String(text)
    }

    @Test func `random strings are reduced to plain names`() throws {
        var random = SplitMix64(seed: 15)
        let scalars = Array("a.-/\\: ~\u{0}\u{202E}\u{301}\u{200D}é😀<CON1$png😀.PNG\u{AC00}\u{1100}ß".unicodeScalars)
        for _ in 0..<5_000 {
            let text = string(of: scalars, length: 0...40, using: &random)
            guard let name = PlainFileName(reducing: text) else { continue }
            try expectPlain(name)
            #expect(PlainFileName(reducing: name.text) == name, "\(name.text.debugDescription)")
        }
    }

    @Test func `a name without a path is reduced to the same one as behind a path`() {
        var random = SplitMix64(seed: 16)
        let scalars = Array("aZ09._- CON".unicodeScalars)
        for _ in 0..<5_000 {
            let name = string(of: scalars, length: 1...8, using: &random)
            #expect(PlainFileName(reducing: name) == PlainFileName(reducing: "b/\(name)"), "\(name)")
        }
    }

    @Test func `a long name keeps its extension and is cut between characters`() throws {
        let name = try #require(PlainFileName(reducing: String(repeating: "😀", count: 300) + ".png"))
        #expect(name.text == String(repeating: "😀", count: 49) + ".png")
        #expect(name.numbered(12).text == String(repeating: "😀", count: 48) + "-12.png")
    }

    @Test(arguments: ["face.mp4", "Übung 1.mp4", "A\u{308}.png", "a.png.png", "x"])
    func `a plain name of the caller is accepted`(text: String) throws {
        #expect(try PlainFileName(checking: text).text == text)
    }

    @Test(arguments: [
        "", ".", "..", "a/b.png", "/a.png", "a\\b.png", ".hidden", "a.png ", "CON", "a\u{0}.png", "a:b", "-x",
    ])
    func `another name of the caller is refused, and the error suggests a plain one`(text: String) throws {
        let error = try #require(#expect(throws: FetchError.self) { try PlainFileName(checking: text) })
        #expect(error.code == .fileNotWritten)
        #expect(!error.isRetryable)
        let reduced = PlainFileName(reducing: text)?.text ?? "face.mp4"
        #expect(error.remedy?.contains("“\(reduced)”") == true)
    }

    @Test func `a name of the caller with more than 200 bytes is refused`() {
        #expect(throws: FetchError.self) { try PlainFileName(checking: String(repeating: "a", count: 201)) }
        #expect(throws: Never.self) { try PlainFileName(checking: String(repeating: "a", count: 200)) }
    }

    private func expectPlain(_ name: PlainFileName) throws {
        let text = name.text
        #expect(!text.isEmpty)
        #expect(text.utf8.count <= 200)
        #expect(Array(text.utf8) == Array(text.precomposedStringWithCanonicalMapping.utf8))
        let first = try #require(text.unicodeScalars.first)
        let last = try #require(text.unicodeScalars.last)
        #expect(!".-~ ".unicodeScalars.contains(first))
        #expect(!". ".unicodeScalars.contains(last))
        #expect(
            !text.unicodeScalars.contains { scalar in
                scalar.value < 0x20 || #"/\:*?"<>|"#.unicodeScalars.contains(scalar) || scalar.properties.isBidiControl
            }
        )
        let folder = URL(filePath: "/folder", directoryHint: .isDirectory)
        #expect(folder.appending(component: text).standardized.deletingLastPathComponent().path == "/folder")
    }
}
