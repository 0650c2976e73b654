import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct RequestShapeTests {
    @Test func `A path that is only a query stands behind the base without a slash`() async throws {
        let endpoint = ShapedEndpoint<String>(
            baseURL: URL(string: "https://api.example.com/v1/get_result")!,
            path: "?id={id}"
        )
        let requests = try await endpoint.requests(for: "a b")
        #expect(requests.map(\.url.absoluteString) == ["https://api.example.com/v1/get_result?id=a%20b"])
        let registry = try EndpointRegistry(endpoint)
        #expect(registry.reference(for: requests[0].url)?.description == "example.jobs:a b")
    }

    @Test(arguments: ["one\r\nX-Evil: two", "one\ntwo", "one\0two"])
    func `A header that would break its line is refused before anything is sent`(value: String) async throws {
        let endpoint = ShapedEndpoint<Int>(headers: ["X-Version": value])
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(asking: transport)
        let error = await #expect(throws: FetchError.self) { try await client.fetch(endpoint, id: 42) }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message == "the header “X-Version” holds a newline")
        #expect(transport.requests.isEmpty)
    }
}
