import FetchCore

/// An endpoint of which a client polls jobs, with the key of an account.
struct PolledEndpoint: Sendable, Hashable {
    let name: EndpointName
    let account: AccountID?
}
