import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

/// The schema and the reader say the same, as far as a schema can.
@Suite(.serialized) struct SchemaTests {
    private let schema: JSONSchema

    init() throws {
        schema = try JSONSchema(contentsOf: ShippedManifest.root.appending(path: "Documentation/manifest.schema.json"))
    }

    @Test func `the schema has the fields that are read, and no others`() {
        #expect(schema.propertyNames == ManifestFields.byDefinition)
        #expect(schema.isClosed)
    }

    @Test(arguments: ShippedManifest.all)
    func `a manifest that is read is valid`(manifest: ShippedManifest) throws {
        #expect(schema.accepts(try manifest.json))
    }

    @Test func `the example is valid`() {
        #expect(schema.accepts(ExampleManifest.document()))
    }

    @Test(arguments: BadField.all.filter(\.isStructural))
    func `what is missing, misspelt or mistyped is invalid`(bad: BadField) {
        #expect(!schema.accepts(ExampleManifest.document(bad.changes)))
    }

    @Test func `most of the bad fields are such that a schema can tell`() {
        #expect(BadField.all.filter(\.isStructural).count > 50)
        #expect(BadField.all.filter { !$0.isStructural }.count > 40)
    }

    @Test(arguments: ShippedManifest.richest)
    func `with any field left out or mistyped, what is invalid isn't read`(manifest: ShippedManifest) throws {
        let json = try manifest.json
        for path in json.paths {
            for value in [.none, true, ""] as [JSONValue?] {
                let changed = json.replacing(path, with: value)
                guard !schema.accepts(changed) else { continue }
                let data = try JSONEncoder().encode(changed)
                #expect(throws: ManifestError.self, "\(path)") { try EndpointManifest(data, file: "odd.json") }
            }
        }
    }
}

extension BadField {
    static let all = structure + values + status + outputs + keys

    /// Whether a schema can tell it: something is missing, of another name or of another type.
    var isStructural: Bool {
        reason == "is missing"
            || [
                "is not a field", "should be ", "is empty", "is an empty list", " isn't known",
                "not greater than",
            ]
            .contains { reason.contains($0) }
            || ["is a ", "is true", "is null", "“"].contains {
                reason.hasPrefix($0) && !reason.contains("none;") && !reason.contains("touch")
            }
    }
}

extension ShippedManifest {
    var json: JSONValue {
        get throws { try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: url)) }
    }
}
