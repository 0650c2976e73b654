import FetchCore
import Foundation

enum OutputSamples {
    static func loop(_ output: any FetchOutput) {
        for artifact in output.outputArtifacts {
            switch artifact.content {
            case .url(let url): download(url, orFrom: artifact.mirrors)
            case .data(let data): save(data, artifact.mediaType)
            case .text(let text): print(text)
            case .json(let value): print(value)
            case .unusable(_, let problem): print("Can't be used:", problem)
            }
        }
    }

    private static func download(_ url: URL, orFrom mirrors: [URL]) {}
    private static func save(_ data: Data, _ mediaType: String?) {}
}

struct StoredFilm: FetchOutput {
    var files: [Artifact]
    var outputArtifacts: [Artifact] { files }

    func outputCompleted(by links: LinkContext) -> Self {
        var film = self
        film.files = files.outputCompleted(by: links)
        return film
    }
}

struct Clip: FetchOutput {
    var file: Artifact

    var outputArtifacts: [Artifact] { [file] }

    func outputCompleted(by links: LinkContext) -> Self {
        var clip = self
        clip.file = file.outputCompleted(by: links)
        return clip
    }
}

struct Gallery: FetchEndpoint, Hashable {
    let name: EndpointName = "example.gallery"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.get
    let path: PathTemplate = "galleries/{id}"
    let authorization = Authorization.bearer
    let artifactLifetime: Duration? = .seconds(24 * 3_600)

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let body: Body = try response.json()
        guard body.status == "done" else { return .pending }
        return .succeeded(body.images.map { Artifact(link: $0.url, in: response, mirrors: $0.copies) })
    }

    private struct Body: Decodable {
        var status: String
        var images: [Image]
    }

    private struct Image: Decodable {
        var url: String
        var copies: [String]
    }
}
