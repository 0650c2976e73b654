import FetchCore
import Foundation
import ModelsLab
import Testing

/// A polling operation in ModelsLab's documentation, and the endpoint that implements it.
struct DocumentedOperation: Sendable, CustomTestStringConvertible {
    enum IDType {
        case integer, string
    }

    /// The openapi files or pages that describe the operation.
    let documents: [String]
    let endpoint: any FetchEndpoint
    /// The HTTP method and the path below `https://modelslab.com/api/`.
    let request: String
    let ids: IDType
    /// The JSON body, with the placeholders `KEY` and `ID`.
    let body: String?

    init(_ documents: [String], _ endpoint: any FetchEndpoint, _ request: String, _ ids: IDType, body: String?) {
        self.documents = documents
        self.endpoint = endpoint
        self.request = request
        self.ids = ids
        self.body = body
    }

    init(
        _ documents: [String],
        _ endpoint: any FetchEndpoint,
        _ request: String,
        _ ids: IDType,
        idField: String? = nil
    ) {
        let members = [#""key":"KEY""#] + (idField.map { [#""\#($0)":"ID""#] } ?? [])
        let body = "{" + members.sorted().joined(separator: ",") + "}"
        self.init(documents, endpoint, request, ids, body: body)
    }

    /// The operations in the openapi files. 32 documents describe 30 different operations.
    static let openAPI = families + enterprise

    static let all = openAPI + pages

    var testDescription: String { endpoint.name.rawValue }

    /// Ids of the form that the documentation uses.
    var sampleIDs: [String] {
        switch ids {
        case .integer: ["67545", String(Int64.max)]
        case .string: ["abc123-def456", "12345678"]
        }
    }

    func job(_ id: String) throws -> JobReference { try JobReference(endpoint: endpoint.name, id: id) }

    /// Returns the HTTP method and the URL of the polling request for a job.
    func request(for id: String) -> String {
        request.replacing(" ", with: " https://modelslab.com/api/").replacing("{id}", with: id)
    }

    func url(for id: String) throws -> URL {
        try #require(URL(string: String(request(for: id).drop { $0 != " " }.dropFirst())))
    }

    var hasIDInPath: Bool { request.contains("{id}") }

    var isEnterprise: Bool { request.contains("/enterprise/") }

    /// The path segment before `fetch`, or `nil` if `SimulatedModelsLab` doesn't serve the operation.
    var simulatedFamily: String? {
        let prefix = isEnterprise ? "POST v1/enterprise/" : "POST v6/"
        guard request.hasPrefix(prefix), request.hasSuffix("/fetch/{id}") else { return nil }
        return String(request.dropFirst(prefix.count).dropLast("/fetch/{id}".count))
    }
}

/// The API keys of the standard account and the enterprise account.
let credentials = Credentials.fixed([
    .modelsLab: APIKey("test-key"), .modelsLabEnterprise: APIKey("enterprise-key"),
])
