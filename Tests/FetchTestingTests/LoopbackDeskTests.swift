import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("A loopback server with a function behind it")
struct LoopbackDeskTests {
    @Test func `does with each request what the function says`() async throws {
        let server = try LoopbackServer(answering: { request in
            request.url.path == "/well"
                ? .json("{}") : .fault(.close(.inBody(after: 1)), in: .json("{}"))
        })
        defer { server.stop() }
        let client = try RawClient(server)
        client.send("GET /well HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(await client.receive(through: "{}").hasSuffix("\r\n\r\n{}"))
        client.send("GET /ill HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(await client.receiveAll().hasSuffix("\r\n\r\n{"))
    }
}
