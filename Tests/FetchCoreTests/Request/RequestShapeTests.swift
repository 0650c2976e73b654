import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Request URLs and headers") struct RequestShapeTests {
    @Test func `a path that is only a query is appended to the base URL without a slash`() async throws {
        let endpoint = ConfigurableEndpoint<String>(
            baseURL: URL(string: "https://api.example.com/v1/get_result")!,
            path: "?id={id}"
        )
        let requests = try await endpoint.requests(for: "a b")
        #expect(requests.map(\.url.absoluteString) == ["https://api.example.com/v1/get_result?id=a%20b"])
        let registry = try EndpointRegistry(endpoint)
        #expect(registry.reference(for: requests[0].url)?.description == "example.jobs:a b")
    }

    @Test(arguments: ["one\r\nX-Evil: two", "one\ntwo", "one\0two"])
    func `a header value with a newline or a zero byte is refused before a request is sent`(value: String) async throws
    {
        let endpoint = ConfigurableEndpoint<Int>(headers: ["X-Version": value])
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(scripted: transport)
        let error = await #expect(throws: FetchError.self) { try await client.fetch(endpoint, id: 42) }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message == "the header “X-Version” contains a newline")
        #expect(transport.requests.isEmpty)
    }

    @Test func `a key in the query precedes a fragment, which is not sent`() async throws {
        let url = URL(string: "https://api.example.com/result?a=1#part")!
        let endpoint = ConfigurableEndpoint<Int>(
            authorization: .query("key"),
            read: { _ in .followUp(FollowUp(.url(url)) { .succeeded(try $0.json()) }) }
        )
        let requests = try await endpoint.requests(for: 42)
        #expect(requests.last?.url.absoluteString == "https://api.example.com/result?a=1&key=sk-canary-0123456789")
    }

    @Test(arguments: [true, false])
    func `a follow-up request to the endpoint's own origin without a key keeps headers and override`(isPath: Bool)
        async throws
    {
        let endpoint = ConfigurableEndpoint<Int>(
            authorization: .none,
            headers: ["X-Version": "7"],
            read: { _ in
                let given = URL(string: "https://api.example.com/v1/result")!
                return .followUp(
                    isPath
                        ? FollowUp("result") { .succeeded(try $0.json()) }
                        : FollowUp(.url(given)) { .succeeded(try $0.json()) }
                )
            }
        )
        let proxy = try Origin(of: URL(string: "https://proxy.example.net:8443")!)
        let requests = try await endpoint.requests(for: 42, origins: ["example": proxy])
        #expect(requests.last?.url.absoluteString == "https://proxy.example.net:8443/v1/result")
        #expect(requests.last?.headers["X-Version"] == "7")
    }
}
