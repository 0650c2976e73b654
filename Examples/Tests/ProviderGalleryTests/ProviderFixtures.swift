import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

/// The requests and responses of one endpoint, read from fixture files.
///
/// The folder has the name of the endpoint. `request.http` contains the request for the first id and its follow-ups.
/// `submission.http` contains the submission of the first id and its response. `submission-succeeded` and
/// `submission-error-` with a code are submissions with another outcome. Every other file contains the responses of one
/// exchange. Its name begins with the outcome: `pending`, `succeeded`, `failed`, or `error-` and a code.
struct ProviderFixtures: Sendable, CustomTestStringConvertible {
    static let key = "sk-gallery"

    let name: EndpointName
    let ids: [String]
    let requests: [HTTPMessage]
    let exchanges: [Exchange]
    /// The responses to submissions, by the name of the file.
    let submissions: [String: FetchResponse]
    /// The ETA in the response to the submission.
    let eta: Duration?

    /// A response to a poll, and the responses of its follow-ups.
    struct Exchange: Sendable {
        let file: String
        let responses: [FetchResponse]

        func hasOutcome(_ outcome: String) -> Bool { file.hasPrefix(outcome) }
    }

    init(_ name: EndpointName, ids: [String], eta: Duration? = nil) throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
            .appending(path: name.rawValue)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        func messages(in file: String) throws -> [HTTPMessage] {
            HTTPMessage.all(in: try String(contentsOf: folder.appending(path: file), encoding: .utf8))
        }
        self.name = name
        self.ids = ids
        self.eta = eta
        requests = try messages(in: "request.http")
        let submitted = files.filter { $0.hasPrefix("submission") }
        exchanges = try files.filter { $0 != "request.http" && !submitted.contains($0) }.map {
            Exchange(file: $0, responses: try messages(in: $0).map(\.response))
        }
        submissions = try Dictionary(
            uniqueKeysWithValues: submitted.map { file in
                let messages = try messages(in: file)
                var response = try #require(messages.last).response
                response.url = URL(string: String(messages[0].firstLine.trimmingPrefix("POST ")))
                return (file, response)
            }
        )
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

    /// The responses to submissions as fixtures of the conformance suite.
    var submissionFixtures: [SubmissionFixture] {
        submissions.sorted { $0.key < $1.key }.map { file, response in
            let parts = file.split(whereSeparator: { "-.".contains($0) })
            switch parts[1] {
            case "succeeded": return .succeeded(response)
            case "error": return .refused(response, as: codes[String(parts[2])] ?? .jobFailed)
            default: return .queued(response, id: ids[0], eta: eta)
            }
        }
    }
}

/// The codes of refused submissions, by their names.
private let codes: [String: FetchError.Code] = [
    "unauthorized": .unauthorized, "paymentRequired": .paymentRequired, "badRequest": .badRequest,
    "malformedResponse": .malformedResponse,
]
