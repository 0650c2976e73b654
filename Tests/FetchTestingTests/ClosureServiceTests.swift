import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Loopback server with a closure")
struct ClosureServiceTests {
    @Test func `the closure determines the response or fault for each request`() async throws {
        let server = try LoopbackServer(respondingWith: { request in
            request.url.path == "/complete"
                ? .json("{}") : .fault(.close(.inBody(after: 1)), in: .json("{}"))
        })
        defer { server.stop() }
        let client = try RawClient(server)
        client.send("GET /complete HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(await client.receive(through: "{}").hasSuffix("\r\n\r\n{}"))
        client.send("GET /truncated HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(await client.receiveAll().hasSuffix("\r\n\r\n{"))
    }
}
