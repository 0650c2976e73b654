package import FetchCore
package import Foundation

/// Reports of a provider that redirects from the status of a finished job to its result, with a relative `Location`.
package struct RedirectedReport: FetchEndpoint, Hashable {
    package let name: EndpointName = "ledger.report"
    package let provider: ProviderID = "ledger"
    package let baseURL = URL(string: "https://ledger.example/reports")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "jobs/{id}/status"
    package let authorization = Authorization.header("X-Ledger-Key")

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        guard response.status == 303 else {
            try response.requireSuccess()
            return .pending
        }
        return .followUp(FollowUp(.url(try response.location)) { .succeeded(try Artifact($0)) })
    }
}
