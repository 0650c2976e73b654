import FetchCore
import Foundation

/// Papercut (an invented service) turns a photograph into layers of paper to cut out.
///
/// `GET https://api.papercut.example/v1/cuts/{id}`, the key in a header, a word for the state, and the result as one SVG
/// drawing for each layer.
struct Papercut: FetchEndpoint {
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
        // A word that is new to us means that the job isn't done, as far as we know.
        default: return .pending(JobProgress(eta: reply.remaining, message: reply.state))
        }
    }

    private struct Reply: Decodable {
        var state: String
        var secondsLeft: Double?
        var paper: String?
        var layers: [URL]?
        var reason: String?

        // The initializer to use for numbers from outside: `Duration.seconds` traps on absurd ones.
        var remaining: Duration? { secondsLeft.flatMap(Duration.init(clampingSeconds:)) }
    }
}

/// What Papercut yields.
struct PaperLayers: FetchOutput {
    var paper: String
    var drawings: [URL]

    /// What there is to download, for code that doesn't know Papercut.
    var outputArtifacts: [Artifact] { drawings.map { Artifact(.url($0), mediaType: "image/svg+xml") } }
}

extension FetchPlugin where Self == Papercut {
    /// So that it reads like the others: `registry.register(.papercut)`.
    static var papercut: Self { Self() }
}
