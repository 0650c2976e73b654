import FetchCore
import FetchManifest
import Foundation

extension ExposureScenario {
    /// Collects the values of an endpoint from a manifest, and the errors of manifests that contain the key.
    func collectManifests() async throws {
        let manifest = try EndpointManifest(Self.document, file: "example.json")
        let file = FileManager.default.temporaryDirectory.appending(path: "secrets-\(UUID().uuidString).json")
        try Self.document.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let manifests = try EndpointManifests(contentsOf: [file])
        let client = client(try EndpointRegistry(manifest))
        for number in 1...6 {
            try await collect { try await client.fetch(JobReference("example.manifest:\(number)")) }
        }
        collector.add(manifest, manifests, client)
        for document in try documentsWithKey() { add(documentWithKey: document) }
    }

    private func add(documentWithKey document: Data) {
        do {
            collector.add(try EndpointManifest(document, file: "example.json").name)
        } catch {
            collector.add(error)
            for problem in error.problems { collector.add(problem) }
        }
    }

    private static let document = Data(
        """
        {
          "manifest": 1, "name": "example.manifest", "provider": "example", "baseURL": "https://api.example.com/v1",
          "method": "GET", "path": "jobs/{id}", "key": {"header": "Authorization", "prefix": "Bearer "},
          "status": {
            "at": "status", "succeeded": ["success"], "failed": ["failed"], "message": "message", "code": "code"
          },
          "details": {"link": "url"},
          "outputs": [{"at": "output", "as": "link", "optional": true}, {"at": "data", "as": "text", "optional": true}]
        }
        """.utf8
    )

    /// Returns manifests with the key in places where users may put it by mistake, so that the reader reports an error.
    private func documentsWithKey() throws -> [Data] {
        var document = try JSONDecoder().decode([String: JSONValue].self, from: Self.document)
        let places: [(String, JSONValue)] = [
            ("key", .string(key)), ("key", ["header": "Authorization", "prefix": .string("Bearer \(key) ")]),
            ("headers", ["X-Api-Key": .string(key)]), ("headers", ["Authorization": .string("Bearer \(key)")]),
            ("path", .string("jobs/{id}?key=\(key)")), ("baseURL", .string("https://u:\(key)@api.example.com")),
            ("baseURL", .string("https://u:\(key)@api.example .com")),
            ("baseURL", .string("https://api.example.com/v1?key=\(key)")),
            ("key", ["header": .string("Authorization: Bearer \(key)")]), ("path", .string("jobs?key=\(key)")),
        ]
        var documents: [Data] = []
        for (name, value) in places {
            let original = document[name]
            document[name] = value
            documents.append(try JSONEncoder().encode(document))
            document[name] = original
        }
        // Without quotation marks, the document is not JSON.
        documents.append(Data(#"{"manifest": 1, "key": \#(key)}"#.utf8))
        return documents
    }
}
