import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

/// How one provider is asked and how it answers: the fixtures of one endpoint.
///
/// A folder is named like the endpoint. `request.http` holds the request for the first id and then its follow-ups; the
/// other files hold answers, and begin with what they mean: `pending`, `succeeded`, `failed`, or `error-` and a code.
struct Dialect: Sendable, CustomTestStringConvertible {
    static let key = "sk-gallery"

    let name: EndpointName
    let ids: [String]
    let requests: [HTTPText]
    let answers: [Answer]

    /// A fixture: one answer, and those of the follow-ups.
    struct Answer: Sendable {
        let file: String
        let responses: [FetchResponse]

        func means(_ word: String) -> Bool { file.hasPrefix(word) }
    }

    init(_ name: EndpointName, ids: [String]) throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
            .appending(path: name.text)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        func messages(in file: String) throws -> [HTTPText] {
            HTTPText.all(in: try String(contentsOf: folder.appending(path: file), encoding: .utf8))
        }
        self.name = name
        self.ids = ids
        requests = try messages(in: "request.http")
        answers = try files.filter { $0 != "request.http" }.map {
            Answer(file: $0, responses: try messages(in: $0).map(\.response))
        }
    }

    var testDescription: String { name.text }

    var endpoint: any FetchEndpoint {
        get throws { try EndpointRegistry(.providerGallery).endpoint(named: name) }
    }

    func answer(_ file: String) throws -> Answer {
        try #require(answers.first { $0.file == file + ".http" })
    }

    func answers(meaning word: String) -> [Answer] { answers.filter { $0.means(word) } }

    /// The answers as the conformance suite takes them.
    var fixtures: [EndpointFixture] {
        answers(meaning: "pending").map { .pending($0.responses[0]) }
            + answers(meaning: "succeeded").map { .succeeded($0.responses[0], then: Array($0.responses.dropFirst())) }
            + answers(meaning: "failed").map { .failed($0.responses[0], then: Array($0.responses.dropFirst())) }
    }
}
