import FetchCore
import FetchManifest
import Foundation
import Testing

/// Checks the samples and the error text of `Documentation/Manifests.md`.
@Suite("Documentation of manifests") struct ManifestDocumentationTests {
    private static let page =
        (try? String(contentsOf: ShippedManifest.root.appending(path: "Documentation/Manifests.md"), encoding: .utf8))
        ?? ""

    private static let samples = page.split(separator: "```json\n").dropFirst().map { part in
        String(part.prefix(upTo: part.firstRange(of: "```")?.lowerBound ?? part.endIndex))
    }

    @Test func `the page has samples`() {
        #expect(Self.samples.count >= 4)
    }

    @Test(arguments: samples)
    func `each sample is a valid manifest and matches the schema`(sample: String) throws {
        let data = Data(sample.utf8)
        #expect(try EndpointManifest(data, file: "sample.json").provider == "example")
        let schema = try JSONSchema(
            contentsOf: ShippedManifest.root.appending(path: "Documentation/manifest.schema.json")
        )
        #expect(schema.accepts(try JSONDecoder().decode(JSONValue.self, from: data)))
    }

    @Test func `the page names every field`() {
        for (definition, fields) in ManifestFields.byDefinition {
            for field in fields {
                let isNamed = Self.page.contains("`\(field)`") || Self.page.contains("\"\(field)\":")
                #expect(isNamed, "\(field) of \(definition)")
            }
        }
    }

    @Test func `the page quotes the error exactly`() throws {
        let changes: [String: JSONValue] = [
            "outputs": nil, "outputz": [],
            "status": ["at": "status", "succeeded": ["done"], "failed": ["a", "b", "done"]],
        ]
        let data = try ExampleManifest.data(changes)
        let error = try #require(throws: ManifestError.self) {
            try EndpointManifest(data, file: "providers/example.json")
        }
        #expect(Self.page.contains(error.description))
    }
}
