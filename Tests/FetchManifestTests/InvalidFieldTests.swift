import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Errors of invalid fields", .serialized) struct InvalidFieldTests {
    @Test(arguments: InvalidField.all)
    func `an error names the file, the field, the reason and the remedy`(invalid: InvalidField) throws {
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(invalid.changes) }
        try #require(error.problems.count == 1, "\(error)")
        #expect(error.file == "example.json")
        #expect(error.problems[0].field == invalid.field, "\(error)")
        #expect(error.problems[0].reason.contains(invalid.reason), "\(error)")
        #expect(error.problems[0].remedy.contains(invalid.remedy), "\(error)")
        #expect(error.description.hasPrefix("example.json: \(invalid.field): "))
        #expect(error.localizedDescription == error.description)
    }

    @Test(arguments: InvalidField.contradictions)
    func `conditions that contradict each other are rejected`(invalid: InvalidField) throws {
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(invalid.changes) }
        #expect(error.problems.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test func `a manifest with 30,000 placeholders, in the largest file, is rejected`() throws {
        let form = JSONValue.string((0..<30_000).map { "{p\($0)}" }.joined(separator: ""))
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(["id": ["form": form]]) }
        #expect(error.problems.map(\.field) == ["id.form"])
        #expect(error.problems[0].reason == "has more than 4096 bytes")
    }

    @Test func `twenty invalid domains are listed, within the limit`() throws {
        let domains = JSONValue.array((0..<128).map { .string("bad domain \($0)") })
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(["domains": domains]) }
        #expect(error.problems.map(\.field) == (0..<20).map { "domains[\($0)]" })
    }

    @Test(arguments: InvalidField.keys)
    func `an error never contains a key`(invalid: InvalidField) throws {
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(invalid.changes) }
        #expect(!error.description.contains("live-1"))
    }

    @Test func `the unchanged example is valid`() throws {
        let manifest = try ExampleManifest.manifest()
        #expect(manifest.name == "example.video")
        #expect(manifest.provider == "example")
        #expect(manifest.endpoints.count == 1)
    }

    @Test func `an error lists all invalid fields, one per line`() throws {
        let error = try #require(throws: ManifestError.self) {
            try ExampleManifest.manifest(["name": "Video", "method": "PUT", "path": "videos/{job}", "colour": 1])
        }
        #expect(error.problems.map(\.field) == ["colour", "name", "method", "path"])
        #expect(error.description.split(separator: "\n").count == 5)
        #expect(error.description.hasPrefix("example.json has 4 errors:\n  - colour: "))
    }

    @Test func `an error lists other missing fields if the version is missing too`() throws {
        let error = try #require(throws: ManifestError.self) {
            try ExampleManifest.manifest(["manifest": nil, "name": nil, "key": nil])
        }
        #expect(error.problems.map(\.field) == ["manifest", "name", "key"])
    }

    @Test func `an error lists at most the first twenty problems`() throws {
        let names = (10..<99).map { "field\($0)" }
        let changes = Dictionary(uniqueKeysWithValues: names.map { ($0, JSONValue.bool(true)) })
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(changes) }
        #expect(error.problems.count == 20)
    }

    @Test func `control characters in a manifest can't change the lines of an error`() throws {
        let error = try #require(throws: ManifestError.self) {
            try ExampleManifest.manifest(["na\u{1B}[2J\nme": 1, "name": "a\u{202E}\nb"])
        }
        #expect(error.description.split(separator: "\n").count == 3)
        #expect(!error.description.contains("\u{1B}"))
        #expect(!error.description.contains("\u{202E}"))
    }
}
