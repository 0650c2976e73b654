import FetchCore
import Foundation

/// Lantern's films.
public struct LanternFilm: FetchEndpoint {
    /// `lantern.film`
    public let name: EndpointName = "lantern.film"

    /// `lantern`: its key is in `LANTERN_API_KEY`.
    public let provider: ProviderID = "lantern"

    /// `https://api.lantern.example/v2`
    public let baseURL = URL(string: "https://api.lantern.example/v2")!

    /// `GET`
    public let method = RequestMethod.get

    /// `films/{id}`
    public let path: PathTemplate = "films/{id}"

    /// `Authorization: Token …`
    public let authorization = Authorization.header("Authorization", prefix: "Token ")

    /// The version of the interface that this endpoint was written for.
    public let headers: HeaderFields = ["Lantern-Version": "2026-04"]

    /// Creates the endpoint.
    public init() {}

    /// What Lantern's answer means.
    public func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Film> {
        let body: Body = try response.json()
        switch body.state {
        case "ready":
            guard let film = body.film else { throw response.malformedResponseError("a film that is ready has no URL") }
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
            JobProgress(
                eta: secondsLeft.flatMap(Duration.init(clampingSeconds:)),
                fraction: percent.map { $0 / 100 },
                message: state
            )
        }

        enum CodingKeys: String, CodingKey {
            case state, percent, film, subtitles, reason
            case secondsLeft = "seconds_left"
        }
    }
}

extension FetchPlugin where Self == LanternFilm {
    /// Lantern's films.
    public static var lanternFilm: Self { Self() }
}
