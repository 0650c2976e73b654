import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Loopback server faults")
struct LoopbackFaultTests {
    private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    private static let head = "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n"
    private static let body = #"{"status":"processing"}"#

    @Test(arguments: [
        (LoopbackFault.close(.onAccept), ""),
        (.reset(.onAccept), ""),
        (.close(.afterRequest), ""),
        (.reset(.afterRequest), ""),
        (.close(.inHead(after: 8)), "HTTP/1.1"),
        (.close(.inHead(after: 1_000)), String(head.dropLast()) + "\r"),
        (.close(.afterHead), head),
        (.close(.inBody(after: 9)), head + #"{"status""#),
        (.close(.inBody(after: 1_000)), head + body.dropLast()),
        (.announcing(bodyBytes: 1_000), head.replacing("23", with: "1000") + body),
    ])
    func `a fault ends the connection at its moment`(fault: LoopbackFault, expected: String) async throws {
        let server = try LoopbackServer(playing: LoopbackScript([.fault(fault)]))
        let client = try RawClient(server)
        client.send(Self.get)
        #expect(await client.receiveAll() == expected)
    }

    @Test func `faults are played in order and the last response is repeated`() async throws {
        let script = LoopbackScript([
            .json("1"), .fault(.slowBody(every: .milliseconds(1)), in: .json("22")), .json("3"),
        ])
        let server = try LoopbackServer(playing: script)
        let client = try RawClient(server)
        for body in ["1", "22", "3", "3"] {
            client.send(Self.get)
            #expect(await client.receive(through: "\r\n\r\n\(body)").hasSuffix("\r\n\r\n\(body)"))
        }
        #expect(script.requests.count == 4)
        #expect(server.connections == 1)
    }

    @Test(arguments: [
        (LoopbackMoment.inHead(after: 5), "HTTP/"), (.afterHead, "\r\n\r\n"), (.inBody(after: 3), #"{"s"#),
    ])
    func `silence lasts until the client closes the connection`(moment: LoopbackMoment, sent: String) async throws {
        let script = LoopbackScript([.fault(.silence(moment)), .json("2")])
        let server = try LoopbackServer(playing: script)
        var client: RawClient? = try RawClient(server)
        client?.send(Self.get)
        #expect(await client?.receive(through: sent).hasSuffix(sent) == true)
        client = nil
        let next = try RawClient(server)
        next.send(Self.get)
        #expect(await next.receive(through: "2").hasSuffix("\r\n\r\n2"))
    }

    @Test func `connections are refused until the server accepts them`() async throws {
        let server = try LoopbackServer(playing: LoopbackScript([.json("1")]), acceptsConnections: false)
        #expect(throws: TCPConnection.Refused.self) { try RawClient(server) }
        try server.acceptConnections()
        try server.acceptConnections()
        let client = try RawClient(server)
        client.send(Self.get)
        #expect(await client.receive(through: "1").hasSuffix("\r\n\r\n1"))
        #expect(server.openConnections == 1)
    }

    @Test func `a server that is stopped before it accepts refuses connections`() throws {
        let server = try LoopbackServer(playing: LoopbackScript([.json("1")]), acceptsConnections: false)
        server.stop()
        server.stop()
        #expect(throws: TCPConnection.Refused.self) { try RawClient(server) }
    }

    @Test func `an endless body ends when the client closes the connection`() async throws {
        let script = LoopbackScript([.fault(.endlessBody, in: .json("12345"))])
        let server = try LoopbackServer(playing: script)
        var client: RawClient? = try RawClient(server)
        client?.send(Self.get)
        // The sizes of the received parts vary. Every fifth one ends with the body.
        #expect(await client?.receive(through: "1234512345").contains("Content-Length") == false)
        client = nil
        #expect(await Eventually.holds { server.openConnections == 0 })
    }

    @Test func `informational responses precede the response`() async throws {
        let script = LoopbackScript([.fault(.preceded(by: 100, 103), in: .json("1"))])
        let server = try LoopbackServer(playing: script)
        let client = try RawClient(server)
        client.send(Self.get)
        let received = await client.receive(through: "\r\n\r\n1")
        #expect(received.hasPrefix("HTTP/1.1 100 \r\n\r\nHTTP/1.1 103 \r\n\r\nHTTP/1.1 200 \r\n"))
    }
}
