import FetchCore
import Foundation

/// An endpoint with defaults for all requirements.
protocol DefaultedEndpoint: FetchEndpoint where ID == String, Output == [URL] {}

extension DefaultedEndpoint {
    var name: EndpointName { "example.room" }
    var provider: ProviderID { "example" }
    var baseURL: URL { URL(string: "https://api.example.com/v2")! }
    var method: RequestMethod { .post }
    var path: PathTemplate { "room/{id}" }
    var authorization: Authorization { .header("X-Key") }

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try SampleEndpoint.answer(to: id, from: response)
    }
}
