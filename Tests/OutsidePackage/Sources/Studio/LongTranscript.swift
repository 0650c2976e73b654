package import FetchCore
package import Foundation

/// Transcripts of a provider that holds a request for up to a minute, until the job is done.
package struct LongTranscript: FetchEndpoint, Hashable {
    package let name: EndpointName = "scribe.transcript"
    package let provider: ProviderID = "scribe"
    package let baseURL = URL(string: "https://scribe.example/api")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "transcripts/{id}/wait"
    package let authorization = Authorization.bearer
    package let requestTimeout: Duration? = .seconds(75)
    package let deadline: Duration? = .seconds(3_600)

    package init() {}

    package func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        if response.status == 204 { return .pending }
        let body: JSONValue = try response.json()
        return .succeeded(try body.required("text", as: \.string))
    }
}
