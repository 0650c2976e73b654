import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Loopback server requests and responses")
struct LoopbackServerTests {
    private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test func `the service receives the request unchanged`() async throws {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        let client = try RawClient(server)
        client.send("POST /fetch/a%20b?page=2 HTTP/1.1\r\nHost: h\r\nX-Colour: blue \r\nContent-Length: 4\r\n\r\nbo")
        client.send("dy")
        _ = await client.receive(through: "{}")

        let request = try #require(service.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "\(server.origin)/fetch/a%20b?page=2")
        #expect(request.headers["x-colour"] == "blue")
        #expect(request.body == Data("body".utf8))
    }

    @Test func `a chunked request body is reassembled`() async throws {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        let client = try RawClient(server)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        client.send("4\r\nbody\r\nA;note=1\r\n, in parts\r\n0\r\nTrailer: t\r\n\r\n")
        _ = await client.receive(through: "{}")
        #expect(service.requests.first?.body == Data("body, in parts".utf8))
    }

    @Test func `Expect: 100-continue gets 100 Continue`() async throws {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        let client = try RawClient(server)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
        #expect(await client.receive(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("body")
        _ = await client.receive(through: "{}")
        #expect(service.requests.first?.body == Data("body".utf8))
    }

    @Test func `the service's response is sent with its actual Content-Length`() async throws {
        let headers: HeaderFields = ["X-Pot": "small", "Content-Length": "99"]
        let response = FetchResponse(status: 418, headers: headers, body: Data("tea".utf8))
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        let client = try RawClient(server)
        client.send(Self.get)
        #expect(await client.receive(through: "tea") == "HTTP/1.1 418 \r\nX-Pot: small\r\nContent-Length: 3\r\n\r\ntea")
    }

    @Test func `204, 304 and HEAD responses have no body`() async throws {
        let responses = [204, 304, 200].map { FetchResponse(status: $0, body: Data("tea".utf8)) }
        let server = try LoopbackServer(serving: ScriptedTransport(responses.map { .response($0) }))
        let client = try RawClient(server)
        client.send(Self.get + Self.get + "HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        let expected = """
            HTTP/1.1 204 \r\n\r
            HTTP/1.1 304 \r\n\r
            HTTP/1.1 200 \r\nContent-Length: 3\r\nConnection: close\r\n\r\n
            """
        #expect(await client.receiveAll() == expected)
    }

    @Test func `a connection is kept for the next request, including a pipelined one`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("1"), .json("2"), .json("3")]))
        let client = try RawClient(server)
        client.send(Self.get + Self.get)
        #expect(await client.receive(through: "2").contains("\r\n\r\n1HTTP/1.1 200"))
        client.send(Self.get)
        #expect(await client.receive(through: "3").hasSuffix("\r\n\r\n3"))
        #expect(server.connections == 1)
    }

    @Test(arguments: ["HTTP/1.1\r\nHost: h\r\nConnection: close", "HTTP/1.0"])
    func `a connection is closed at the client's request`(rest: String) async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
        let client = try RawClient(server)
        client.send("GET / \(rest)\r\n\r\n")
        #expect(await client.receiveAll().hasSuffix("Connection: close\r\n\r\n1"))
    }

    @Test func `a connection is closed at the service's request`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("1", headers: ["Connection": "close"])]))
        let client = try RawClient(server)
        client.send(Self.get)
        #expect(await client.receiveAll().hasSuffix("Connection: close\r\n\r\n1"))
    }

    @Test func `a connection is closed without a response if the service throws`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.failure(URLError(.networkConnectionLost))]))
        let client = try RawClient(server)
        client.send(Self.get)
        #expect(await client.receiveAll() == "")
    }

    @Test func `an invalid response is replaced by 500`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("1", headers: ["X-Bad": "a\r\nb: c"])]))
        let client = try RawClient(server)
        client.send(Self.get)
        #expect(await client.receiveAll().hasPrefix("HTTP/1.1 500 "))
    }
}
