import FetchCore
import FetchTesting
import Foundation

/// An endpoint that answers `{"state": "waiting" | "done" | "lost" | …}`, with an ETA and a wait in seconds.
struct Parcel: FetchEndpoint {
    var name: EndpointName = "post.parcel"
    let provider: ProviderID = "post"
    let baseURL = URL(string: "https://post.example/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "parcels/{id}"
    var authorization = Authorization.none

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: Body = try response.json()
        switch body.state {
        case "done": return .succeeded(body.text ?? "parcel")
        case "lost": return .failed(JobFailure(message: body.text))
        case "elsewhere":
            let locker = URL(string: "https://post.example/v1/lockers/\(id)")!
            return .followUp(FollowUp(.url(locker)) { try answer(to: id, from: $0) })
        default:
            return .pending(
                JobProgress(
                    eta: body.eta.flatMap(Duration.init(clampingSeconds:)),
                    retryAfter: body.wait.flatMap(Duration.init(clampingSeconds:)),
                    message: body.text
                )
            )
        }
    }

    private struct Body: Decodable {
        var state: String
        var eta: Double?
        var wait: Double?
        var text: String?
    }
}

extension ScriptedTransport.Step {
    static let done = json(#"{"state":"done"}"#)
    static let lost = json(#"{"state":"lost","text":"fell off the van"}"#)
    static let elsewhere = json(#"{"state":"elsewhere"}"#)
    static let waiting = json(#"{"state":"waiting"}"#)

    static func waiting(eta: Double? = nil, wait: Double? = nil, headers: HeaderFields = [:]) -> Self {
        let eta = eta.map { #","eta":\#($0)"# } ?? ""
        let wait = wait.map { #","wait":\#($0)"# } ?? ""
        return json(#"{"state":"waiting"\#(eta)\#(wait)}"#, headers: headers)
    }

    /// Waiting until a moment of the clock, done from then on.
    static func job(readyAt moment: Duration, on clock: VirtualClock) -> Self {
        Self { request in try await (clock.elapsed >= moment ? Self.done : .waiting).play(request) }
    }

    /// Answers at once and for itself, inside another step.
    func play(_ request: FetchRequest) async throws -> FetchResponse {
        try await ScriptedTransport([self]).send(request)
    }

    static func status(_ status: Int, headers: HeaderFields = [:]) -> Self {
        json("{}", status: status, headers: headers)
    }

    static let connectionLost = failure(URLError(.networkConnectionLost))
}
