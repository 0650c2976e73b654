import FetchCore
import Foundation

/// The endpoint for Lantern's films.
public struct LanternFilm: FetchEndpoint, Hashable {
    /// The name in the registry, `lantern.film`.
    public let name: EndpointName = "lantern.film"

    /// The provider `lantern`, whose API key is in the environment variable `LANTERN_API_KEY`.
    public let provider: ProviderID = "lantern"

    /// The base URL of Lantern's API v2.
    public let baseURL = URL(string: "https://api.lantern.example/v2")!

    /// The HTTP method of the polling request.
    public let method = RequestMethod.get

    /// The path below the base URL.
    public let path: PathTemplate = "films/{id}"

    /// The location of the API key: the header `Authorization: Token <key>`.
    public let authorization = Authorization.header("Authorization", prefix: "Token ")

    /// The API version that this endpoint implements.
    public let headers: HeaderFields = ["Lantern-Version": "2026-04"]

    /// The place of the id in the response to a submission. That response is also a state of the film.
    public let submission = SubmissionForm(id: "film_id", hasState: true)

    /// Creates the endpoint. It has no configuration.
    public init() {}

    /// Decodes the state of a film.
    public func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Film> {
        let body = try response.json(Body.self, memberNames: .snakeCase)
        switch body.state {
        case "ready":
            guard let film = body.film else { throw response.malformedResponseError("a ready film has no URL") }
            return .succeeded(Film(url: film.url, subtitles: body.subtitles))
        case "broken": return .failed(JobFailure(message: body.reason))
        case "withheld": return .failed(JobFailure(.moderated, message: body.reason))
        default: return .pending(body.progress)
        }
    }

    private struct Body: Decodable {
        var state: String
        var percent: Double?
        var secondsLeft: Double?
        var film: File?
        var subtitles: String?
        var reason: String?

        struct File: Decodable {
            var url: URL
        }

        var progress: JobProgress {
            JobProgress(etaSeconds: secondsLeft, fraction: percent.map { $0 / 100 }, message: state)
        }
    }
}

extension FetchPlugin where Self == LanternFilm {
    /// The endpoint for Lantern's films, which yields a `Film`.
    public static var lanternFilm: Self { Self() }
}
