import FetchCore
import FetchManifest
import Foundation

/// A minimal manifest for a fictitious provider, to which tests apply changes.
enum ExampleManifest {
    /// The required fields.
    static let members: [String: JSONValue] = [
        "manifest": 1,
        "name": "example.video",
        "provider": "example",
        "baseURL": "https://api.example.com/v1",
        "method": "GET",
        "path": "videos/{id}",
        "key": ["header": "Authorization", "prefix": "Bearer "],
        "status": ["at": "status", "succeeded": ["done"], "failed": ["failed"], "message": "message"],
        "outputs": [["at": "url", "as": "link", "optional": true]],
    ]

    /// Returns the document with some fields changed. `null` removes a field.
    static func document(_ changes: [String: JSONValue] = [:]) -> JSONValue {
        .object(members.merging(changes) { $1 }.filter { $0.value != .null })
    }

    static func data(_ changes: [String: JSONValue] = [:]) throws -> Data {
        try JSONEncoder().encode(document(changes))
    }

    static func manifest(_ changes: [String: JSONValue] = [:]) throws -> EndpointManifest {
        try EndpointManifest(data(changes), file: "example.json")
    }
}
