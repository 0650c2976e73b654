import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

/// The requests and responses of one endpoint, read from fixture files.
///
/// The folder has the name of the endpoint. `request.http` contains the request for the first id and its follow-ups.
/// Every other file contains the responses of one exchange. Its name begins with the outcome: `pending`, `succeeded`,
/// `failed`, or `error-` and a code.
struct ProviderFixtures: Sendable, CustomTestStringConvertible {
    static let key = "sk-gallery"

    let name: EndpointName
    let ids: [String]
    let requests: [HTTPMessage]
    let exchanges: [Exchange]

    /// A response to a poll, and the responses of its follow-ups.
    struct Exchange: Sendable {
        let file: String
        let responses: [FetchResponse]

        func hasOutcome(_ outcome: String) -> Bool { file.hasPrefix(outcome) }
    }

    init(_ name: EndpointName, ids: [String]) throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
            .appending(path: name.rawValue)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        func messages(in file: String) throws -> [HTTPMessage] {
            HTTPMessage.all(in: try String(contentsOf: folder.appending(path: file), encoding: .utf8))
        }
        self.name = name
        self.ids = ids
        requests = try messages(in: "request.http")
        exchanges = try files.filter { $0 != "request.http" }.map {
            Exchange(file: $0, responses: try messages(in: $0).map(\.response))
        }
    }

    var testDescription: String { name.rawValue }

    var endpoint: any FetchEndpoint {
        get throws { try EndpointRegistry(.providerGallery).endpoint(named: name) }
    }

    func exchange(_ file: String) throws -> Exchange {
        try #require(exchanges.first { $0.file == file + ".http" })
    }

    func exchanges(outcome: String) -> [Exchange] { exchanges.filter { $0.hasOutcome(outcome) } }

    /// The exchanges as fixtures of the conformance suite.
    var conformanceFixtures: [EndpointFixture] {
        exchanges(outcome: "pending").map { .pending($0.responses[0]) }
            + exchanges(outcome: "succeeded").map { .succeeded($0.responses[0], then: Array($0.responses.dropFirst())) }
            + exchanges(outcome: "failed").map { .failed($0.responses[0], then: Array($0.responses.dropFirst())) }
    }
}
