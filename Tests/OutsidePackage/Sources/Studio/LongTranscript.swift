public import FetchCore
public import Foundation

/// Transcripts of a provider that holds a request for up to a minute, until the job is done.
public struct LongTranscript: FetchEndpoint, Hashable {
    public let name: EndpointName = "scribe.transcript"
    public let provider: ProviderID = "scribe"
    public let baseURL = URL(string: "https://scribe.example/api")!
    public let method = RequestMethod.get
    public let path: PathTemplate = "transcripts/{id}/wait"
    public let authorization = Authorization.bearer
    public let requestTimeout: Duration? = .seconds(75)
    public let deadline: Duration? = .seconds(3_600)

    public init() {}

    public func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        if response.status == 204 { return .pending }
        let body: JSONValue = try response.json()
        return .succeeded(try body.required("text", as: String.self))
    }
}
