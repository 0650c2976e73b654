import FetchCore
import FetchTesting
import Foundation

/// An endpoint with responses like `{"state": "pending"}`, where the state is "done", "failed", "followUp" or pending.
///
/// `eta` and `retryAfter` are in seconds.
struct JSONStateEndpoint: FetchEndpoint, Hashable {
    var name: EndpointName = "test.job"
    let provider: ProviderID = "test"
    let baseURL = URL(string: "https://test.example/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    var authorization = Authorization.none
    var submission = SubmissionForm(id: "id", url: "links.poll", .header("Location"), eta: "seconds", hasState: true)

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: Body = try response.json()
        switch body.state {
        case "done": return .succeeded(body.message ?? "output")
        case "failed": return .failed(JobFailure(message: body.message))
        case "followUp":
            let resultURL = URL(string: "https://test.example/v1/results/\(id)")!
            return .followUp(FollowUp(.url(resultURL)) { try answer(to: id, from: $0) })
        default:
            return .pending(
                JobProgress(
                    etaSeconds: body.eta,
                    retryAfterSeconds: body.retryAfter,
                    message: body.message
                )
            )
        }
    }

    private struct Body: Decodable {
        var state: String
        var eta: Double?
        var retryAfter: Double?
        var message: String?
    }
}

extension ScriptedTransport.Step {
    static let done = json(#"{"state":"done"}"#)
    static let jobFailed = json(#"{"state":"failed","message":"worker crashed"}"#)
    static let followUp = json(#"{"state":"followUp"}"#)
    static let pending = json(#"{"state":"pending"}"#)

    static func pending(eta: Double? = nil, retryAfter: Double? = nil, headers: HeaderFields = [:]) -> Self {
        let eta = eta.map { #","eta":\#($0)"# } ?? ""
        let retryAfter = retryAfter.map { #","retryAfter":\#($0)"# } ?? ""
        return json(#"{"state":"pending"\#(eta)\#(retryAfter)}"#, headers: headers)
    }

    /// A response that is pending before a given time of the clock and done from then on.
    static func job(readyAt time: Duration, on clock: VirtualClock) -> Self {
        Self { request in try await (clock.elapsed >= time ? Self.done : .pending).play(request) }
    }

    /// Returns the response of this step alone, for use in another step.
    func play(_ request: FetchRequest) async throws -> FetchResponse {
        try await ScriptedTransport([self]).send(request)
    }

    static func status(_ status: Int, headers: HeaderFields = [:]) -> Self {
        json("{}", status: status, headers: headers)
    }

    static let connectionLost = failure(URLError(.networkConnectionLost))
}
