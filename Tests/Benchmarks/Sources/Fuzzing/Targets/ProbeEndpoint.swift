import FetchCore
import Foundation

/// An endpoint with any path that reads every successful response as a pending job.
struct ProbeEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "fuzz.probe"
    let provider: ProviderID = "fuzz"
    var baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.get
    var path: PathTemplate
    var idForm = IDForm.whole
    let authorization = Authorization.none

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        try response.requireSuccess()
        return .pending
    }
}
