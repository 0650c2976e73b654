import FetchCore
import FetchTesting
import Foundation

/// A conforming endpoint whose properties a test can replace by wrong ones.
struct SampleEndpoint: FetchEndpoint {
    var name: EndpointName = "example.room"
    var provider: ProviderID = "example"
    var baseURL = URL(string: "https://api.example.com/v2")!
    var method = RequestMethod.post
    var path: PathTemplate = "room/fetch/{id}"
    var idForm = IDForm.whole
    var authorization = Authorization.jsonBody("key")
    var headers: HeaderFields = [:]
    var artifactLifetime: Duration?
    var submission = SubmissionForm.none
    var fields: @Sendable (String) -> RequestBody? = { _ in nil }
    var decode: @Sendable (String, FetchResponse) throws -> FetchAnswer<[URL]> = { try Self.answer(to: $0, from: $1) }

    func body(for id: String) throws -> RequestBody? { fields(id) }

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try decode(id, response)
    }

    static func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        let body: Body = try response.json()
        return switch body.status {
        case "success": .succeeded(body.output ?? [])
        case "failed": .failed(JobFailure(message: body.message))
        default: .pending(JobProgress(message: body.message))
        }
    }

    struct Body: Decodable {
        var status: String
        var message: String?
        var output: [URL]?
    }

    static let fixtures: [EndpointFixture] = [
        .pending(#"{"status":"processing","message":"Try Again"}"#),
        .succeeded(#"{"status":"success","output":["https://example.com/a.png"]}"#),
        .failed(#"{"status":"failed","message":"no room was found"}"#),
    ]
}
