public import FetchCore
public import Foundation

/// Reports of a provider that redirects from the status of a finished job to its result, with a relative `Location`.
public struct RedirectedReport: FetchEndpoint, Hashable {
    public let name: EndpointName = "ledger.report"
    public let provider: ProviderID = "ledger"
    public let baseURL = URL(string: "https://ledger.example/reports")!
    public let method = RequestMethod.get
    public let path: PathTemplate = "jobs/{id}/status"
    public let authorization = Authorization.header("X-Ledger-Key")

    public init() {}

    public func answer(to id: UUID, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        guard response.status == 303 else {
            try response.requireSuccess()
            return .pending
        }
        guard let location = response.headers["Location"], let url = URL(string: location) else {
            throw response.malformedResponseError("the redirection has no location")
        }
        return .followUp(FollowUp(.url(url)) { .succeeded(try Artifact($0)) })
    }
}
