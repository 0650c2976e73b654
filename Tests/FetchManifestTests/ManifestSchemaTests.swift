import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

/// Checks that the schema and the manifest reader agree, as far as a schema can express the rules.
@Suite("Schema of manifests", .serialized) struct ManifestSchemaTests {
    private let schema: JSONSchema

    init() throws {
        schema = try JSONSchema(contentsOf: ShippedManifest.root.appending(path: "Documentation/manifest.schema.json"))
    }

    @Test func `the schema has exactly the supported fields`() {
        #expect(schema.propertyNames == ManifestFields.byDefinition)
        #expect(schema.isClosed)
    }

    @Test(arguments: ShippedManifest.all)
    func `the schema accepts the shipped manifests`(manifest: ShippedManifest) throws {
        #expect(schema.accepts(try manifest.json))
    }

    @Test func `the schema accepts the example`() {
        #expect(schema.accepts(ExampleManifest.document()))
    }

    @Test(arguments: InvalidField.all.filter(\.isStructural))
    func `the schema rejects missing, misspelt and mistyped fields`(invalid: InvalidField) {
        #expect(!schema.accepts(ExampleManifest.document(invalid.changes)))
    }

    @Test func `the test data has both structural and other problems`() {
        #expect(InvalidField.all.filter(\.isStructural).count > 50)
        #expect(InvalidField.all.filter { !$0.isStructural }.count > 40)
    }

    @Test(arguments: ShippedManifest.richest)
    func `a manifest that the schema rejects is rejected by the reader`(manifest: ShippedManifest) throws {
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

extension InvalidField {
    static let all =
        structure + values + status + outputs + keys + conditions + contradictions + paths + limits + submission

    /// True if a schema can express the rule: a field is missing, misspelt or of the wrong type.
    var isStructural: Bool {
        reason == "is missing"
            || [
                "is not a field", "should be ", "is empty", "is an empty array", " is unsupported",
                "not greater than",
            ]
            .contains { reason.contains($0) }
            || ["is a ", "is an array", "is true", "is null", "“"].contains {
                reason.hasPrefix($0) && !reason.contains("end with a space")
            }
    }
}

extension ShippedManifest {
    var json: JSONValue {
        get throws { try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: url)) }
    }
}
