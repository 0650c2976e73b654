import FetchCore
import Foundation

/// The endpoint of Papercut, a fictitious service that turns a photograph into paper layers to cut out.
///
/// The request is `GET https://api.papercut.example/v1/cuts/{id}` with the key in a header. The response has a status
/// string, and the result is one SVG drawing for each layer.
struct Papercut: FetchEndpoint, Hashable {
    let name: EndpointName = "papercut.cut"
    let provider: ProviderID = "papercut"
    let baseURL = URL(string: "https://api.papercut.example/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "cuts/{id}"
    let authorization = Authorization.header("X-Papercut-Key")

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<PaperLayers> {
        let reply: Reply = try response.json()
        switch reply.state {
        case "cut": return .succeeded(PaperLayers(paper: reply.paper ?? "white", drawings: reply.layers ?? []))
        case "torn": return .failed(JobFailure(message: reply.reason))
        // An unknown status is pending, since the provider may add statuses.
        default: return .pending(JobProgress(etaSeconds: reply.secondsLeft, message: reply.state))
        }
    }

    private struct Reply: Decodable {
        var state: String
        var secondsLeft: Double?
        var paper: String?
        var layers: [URL]?
        var reason: String?
    }
}

/// The output of Papercut: the colour of the paper, and one drawing for each layer.
struct PaperLayers: FetchOutput {
    var paper: String
    var drawings: [URL]

    /// The drawings, for code that downloads any endpoint's output.
    var outputArtifacts: [Artifact] { drawings.map { Artifact(.url($0), mediaType: "image/svg+xml") } }
}

extension FetchPlugin where Self == Papercut {
    /// The endpoint as a leading-dot expression: `registry.register(.papercut)`.
    static var papercut: Self { Self() }
}
