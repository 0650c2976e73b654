import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

/// A change of the example that makes a bad manifest of it, and what is said of it.
struct BadField: Sendable, CustomTestStringConvertible {
    let changes: [String: JSONValue]
    let field: String
    let reason: String
    let remedy: String

    init(_ changes: [String: JSONValue], _ field: String, _ reason: String, _ remedy: String) {
        (self.changes, self.field, self.reason, self.remedy) = (changes, field, reason, remedy)
    }

    var testDescription: String { "\(field) \(reason)" }
}

@Suite(.serialized) struct BadFieldTests {
    @Test(arguments: BadField.structure + BadField.values + BadField.status + BadField.outputs + BadField.keys)
    func `an error names the file, the field, the reason and the remedy`(bad: BadField) throws {
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(bad.changes) }
        try #require(error.problems.count == 1, "\(error)")
        #expect(error.file == "example.json")
        #expect(error.problems[0].field == bad.field, "\(error)")
        #expect(error.problems[0].reason.contains(bad.reason), "\(error)")
        #expect(error.problems[0].remedy.contains(bad.remedy), "\(error)")
        #expect(error.description.hasPrefix("example.json: \(bad.field): "))
        #expect(error.localizedDescription == error.description)
    }

    @Test(arguments: BadField.keys)
    func `an error never repeats a key`(bad: BadField) throws {
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(bad.changes) }
        #expect(!error.description.contains("live-1"))
    }

    @Test func `the example itself is a manifest`() throws {
        let manifest = try ExampleManifest.manifest()
        #expect(manifest.name == "example.video")
        #expect(manifest.provider == "example")
        #expect(manifest.endpoints.count == 1)
    }

    @Test func `all that is wrong is told at once, a field on a line`() throws {
        let error = try #require(throws: ManifestError.self) {
            try ExampleManifest.manifest(["name": "Video", "method": "PUT", "path": "videos/{job}", "colour": 1])
        }
        #expect(error.problems.map(\.field) == ["colour", "name", "method", "path"])
        #expect(error.description.split(separator: "\n").count == 5)
        #expect(error.description.hasPrefix("example.json has 4 errors:\n  - colour: "))
    }

    @Test func `without the version the other fields that are missing are told too`() throws {
        let error = try #require(throws: ManifestError.self) {
            try ExampleManifest.manifest(["manifest": nil, "name": nil, "key": nil])
        }
        #expect(error.problems.map(\.field) == ["manifest", "name", "key"])
    }

    @Test func `of a document that is wrong throughout the first twenty errors are told`() throws {
        let names = (10..<99).map { "field\($0)" }
        let changes = Dictionary(uniqueKeysWithValues: names.map { ($0, JSONValue.bool(true)) })
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(changes) }
        #expect(error.problems.count == 20)
    }

    @Test func `nothing in a manifest breaks an error's lines`() throws {
        let error = try #require(throws: ManifestError.self) {
            try ExampleManifest.manifest(["na\u{1B}[2J\nme": 1, "name": "a\u{202E}\nb"])
        }
        #expect(error.description.split(separator: "\n").count == 3)
        #expect(!error.description.contains("\u{1B}"))
        #expect(!error.description.contains("\u{202E}"))
    }
}
