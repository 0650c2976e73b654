import FetchCore
import Foundation

/// An endpoint with a sign function that a test sets.
struct SigningEndpoint: FetchEndpoint {
    let name: EndpointName = "example.signed"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.post
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.signed
    let headers: HeaderFields = ["X-Version": "2"]
    /// Returns the state that a response contains. Defaults to success with its JSON.
    var read: @Sendable (FetchResponse) throws -> FetchAnswer<JSONValue> = { .succeeded(try $0.json()) }
    let signing: @Sendable (inout FetchRequest, APIKey, Date) throws -> Void

    init(
        read: @escaping @Sendable (FetchResponse) throws -> FetchAnswer<JSONValue> = { .succeeded(try $0.json()) },
        signing: @escaping @Sendable (inout FetchRequest, APIKey, Date) throws -> Void
    ) {
        self.read = read
        self.signing = signing
    }

    func body(for id: Int) throws -> RequestBody? { .json(["id": .integer(Int64(id))]) }

    func sign(_ request: inout FetchRequest, with key: APIKey, at date: Date) throws {
        try signing(&request, key, date)
    }

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<JSONValue> { try read(response) }
}
