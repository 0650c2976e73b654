import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("Generated file names") struct GeneratedFileNameTests {
    @Test func `a name consists of endpoint, id, index and extension`() throws {
        let job = try JobReference("example.video:12345")
        #expect(GeneratedFileName(job: job, index: 3).name(extension: "mp4").text == "example.video-12345-3.mp4")
        let uuid = try JobReference("example.video:7f3c2e1a-0b4d-4c55-9f10-aabbccddeeff")
        #expect(
            GeneratedFileName(job: uuid, index: 0).name(extension: "png").text
                == "example.video-7f3c2e1a-0b4d-4c55-9f10-aabbccddeeff-0.png"
        )
    }

    /// Jobs whose names must differ in pairs, also for a file system that ignores case and normalization.
    private static let jobs = [
        ("a", "b-1"), ("a-b", "1"), ("a.b", "1"), ("a", "b"), ("a", "B"), ("a", "b/c"), ("a", "b_c"), ("a", "b\\c"),
        ("a", "b c"), ("a", "b%2Fc"), ("a", "../../etc/passwd"), ("a", "__etc_passwd"), ("a", "é"), ("a", "e\u{301}"),
        ("a", "è"), ("a", "😀"), ("a", String(repeating: "😀", count: 300)), ("a", String(repeating: "😀", count: 301)),
        ("a", String(repeating: "x", count: 300)), ("a", String(repeating: "x", count: 301)), ("a", "ß"), ("a", "ss"),
        ("a", "SS"), ("a", "K"), ("a", "\u{212A}"), ("a", "k"), ("con", "1"), ("com1.x", "1"), ("a", "nul"),
        ("a", "x."),
        ("a", "x"), ("a", "x "), ("a", ".x"), ("a", "~"), ("a", "-"), ("a", "0-0"), ("a", "0"), ("a", "a~b"),
        (String(repeating: "e", count: 128), "1"), (String(repeating: "e", count: 127), "1"),
    ]

    @Test func `outputs of different jobs have different names on each file system`() throws {
        var used: [String: String] = [:]
        for (endpoint, id) in Self.jobs {
            // A reference refuses few ids, among them those with control characters.
            let job = try JobReference(endpoint: EndpointName(endpoint), id: id)
            for index in [0, 1, 10] {
                let name = GeneratedFileName(job: job, index: index).name(extension: "png")
                let folded = name.text.uppercased().lowercased().precomposedStringWithCanonicalMapping
                let other = used.updateValue("\(job)-\(index)", forKey: folded)
                #expect(other == nil, "\(job)-\(index) and \(other ?? "") have the name \(name)")
                #expect(name.text.utf8.count <= 200)
                #expect(PlainFileName(reducing: name.text) == name)
            }
        }
    }

    @Test func `the name of an output is the same for each download`() throws {
        let job = try JobReference("a:Ä/ö")
        #expect(GeneratedFileName(job: job, index: 0).name(extension: "").text == "a-_~407486f06f55b773-0")
    }

    @Test func `without a job, the name is a hash of the link`() {
        let name = GeneratedFileName(source: "https://cdn.example.com/secret/x.png", index: 0).name(extension: "png")
        #expect(name.text.hasPrefix("output~") && name.text.hasSuffix("-0.png"))
        #expect(!name.text.contains("secret"))
    }
}
