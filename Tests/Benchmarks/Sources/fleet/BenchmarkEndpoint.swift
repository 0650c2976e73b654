import FetchCore
import Foundation

/// An endpoint whose response is one byte, so that the fleet costs more than its decoding.
struct BenchmarkEndpoint: FetchEndpoint, Hashable {
    static let done = FetchResponse(status: 200, body: Data("1".utf8))
    static let pending = FetchResponse(status: 200, body: Data("0".utf8))

    let name: EndpointName = "example.video"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "videos/{id}"
    let authorization: Authorization = .none

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        response.body == Self.done.body ? .succeeded(.bool(true)) : .pending
    }
}

/// A transport that responds at once.
struct InMemoryTransport: FetchTransport {
    let respond: @Sendable (Int) -> FetchResponse

    init(_ respond: @escaping @Sendable (Int) -> FetchResponse) { self.respond = respond }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        respond(Int(request.url.lastPathComponent) ?? 0)
    }
}
