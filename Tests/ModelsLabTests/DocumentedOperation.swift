import FetchCore
import Foundation
import ModelsLab
import Testing

/// An operation of ModelsLab's documents that asks about a queued job, and the line that registers it.
struct DocumentedOperation: Sendable, CustomTestStringConvertible {
    enum IDs {
        case integer, text
    }

    /// The openapi files or pages that describe it.
    let documents: [String]
    let endpoint: any FetchEndpoint
    /// The method, and the URL behind `https://modelslab.com/api/`.
    let request: String
    let ids: IDs
    /// The body, `KEY` and `ID` standing for them.
    let body: String?

    init(_ documents: [String], _ endpoint: any FetchEndpoint, _ request: String, _ ids: IDs, body: String?) {
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
        _ ids: IDs,
        idField: String? = nil
    ) {
        let members = [#""key":"KEY""#] + (idField.map { [#""\#($0)":"ID""#] } ?? [])
        let body = "{" + members.sorted().joined(separator: ",") + "}"
        self.init(documents, endpoint, request, ids, body: body)
    }

    /// One line for each operation of the 32 that the openapi files have.
    static let openAPI = families + enterprise

    static let all = openAPI + prose

    var testDescription: String { endpoint.name.text }

    /// Ids as the documents have them.
    var sampleIDs: [String] {
        switch ids {
        case .integer: ["67545", String(Int64.max)]
        case .text: ["abc123-def456", "12345678"]
        }
    }

    func job(_ id: String) throws -> JobReference { try JobReference(endpoint: endpoint.name, id: id) }

    /// The method and the whole URL of the request about a job.
    func request(for id: String) -> String {
        request.replacing(" ", with: " https://modelslab.com/api/").replacing("{id}", with: id)
    }

    func url(for id: String) throws -> URL {
        try #require(URL(string: String(request(for: id).drop { $0 != " " }.dropFirst())))
    }

    var hasIDInPath: Bool { request.contains("{id}") }

    var isEnterprise: Bool { request.contains("/enterprise/") }

    /// The word in front of `fetch`, where a simulated ModelsLab has such URLs.
    var simulatedFamily: String? {
        let beginning = isEnterprise ? "POST v1/enterprise/" : "POST v6/"
        guard request.hasPrefix(beginning), request.hasSuffix("/fetch/{id}") else { return nil }
        return String(request.dropFirst(beginning.count).dropLast("/fetch/{id}".count))
    }
}

/// The two accounts.
let credentials = Credentials.fixed([
    .modelsLab: APIKey("test-key"), .modelsLabEnterprise: APIKey("enterprise-key"),
])
