import FetchCore
import Foundation

/// What `fetchkit endpoints` says of an endpoint.
struct EndpointListing {
    private let name: String
    private let request: String
    private let id: String
    /// The environment variable of the key. `nil` if the endpoint takes none.
    private let variable: String?

    /// Creates the listing of an endpoint.
    init<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) {
        name = endpoint.name.rawValue
        var base = endpoint.baseURL.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        request = "\(endpoint.method) \(base)/\(endpoint.path)"
        id = Endpoint.ID.jobIDExpectation
        variable = endpoint.authorization == .none ? nil : Credentials.variable(for: endpoint.provider)
    }

    /// The name, and the rest on indented lines.
    var lines: [String] {
        [name, "  request  \(request)", "  id       \(id)", "  key      \(variable ?? "none")"].map(\.printable)
    }

    /// The listing as a JSON object.
    var json: String {
        let fields: [(String, JSONValue)] = [
            ("name", .string(name)), ("request", .string(request)), ("id", .string(id)),
            ("key", variable.map(JSONValue.string) ?? .null),
        ]
        return "{" + fields.map { "\"\($0.0)\":\($0.1.encoded)" }.joined(separator: ",") + "}"
    }
}
