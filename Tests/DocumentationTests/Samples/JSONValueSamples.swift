import FetchCore
import FetchTesting
import Foundation
import Testing

/// Samples of endpoints that read their response as a `JSONValue`.
struct FileTask: FetchEndpoint, Hashable {
    let name: EndpointName = "example.task"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.get
    let path: PathTemplate = "tasks/{id}"
    let authorization = Authorization.bearer

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let body: JSONValue = try response.json()
        switch try body.required("data.status", as: \.string) {
        case "done":
            let file = try body.required("data.files[0].url") { $0.string.flatMap { URL(string: $0) } }
            return .succeeded([Artifact(link: file)])
        case "failed": return .failed(JobFailure(message: body["error.message"]?.text, code: body["error.code"]?.text))
        default: return .pending(JobProgress(etaSeconds: body["data.eta"]?.number))
        }
    }
}

@Suite("JSON value samples") struct JSONValueSamples {
    @Test func `the sample endpoint conforms`() async throws {
        try await EndpointConformance(
            FileTask(),
            ids: ["1", "2"],
            fixtures: [
                .pending(#"{"data": {"status": "running", "eta": 4}}"#),
                .succeeded(#"{"data": {"status": "done", "files": [{"url": "https://example.com/a.png"}]}}"#),
                .failed(#"{"data": {"status": "failed"}, "error": {"code": 7, "message": "no room"}}"#),
            ]
        ).check()
    }

    static func required(_ body: JSONValue) throws {
        let status = try body.required("data.status", as: \.string)
        print(status)
    }

    static var fixture: EndpointFixture {
        EndpointFixture.failed(FetchResponse(json: #"{"detail":"the file is too large"}"#, status: 422))
    }
}
