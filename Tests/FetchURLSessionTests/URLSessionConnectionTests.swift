import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

@Suite("Connections of the URLSession transport")
struct URLSessionConnectionTests {
    @Test func `a connection is reused`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let transport = URLSessionTransport()
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        for _ in 0..<20 { _ = try await transport.send(request) }
        #expect(server.connections == 1)
    }

    @Test func `all clients with .urlSession share one transport`() {
        let one: URLSessionTransport = .urlSession
        let other: URLSessionTransport = .urlSession
        #expect(one === other)
    }

    @Test func `64 requests run in parallel`() async throws {
        let server = try LoopbackServer(serving: BarrierTransport(size: 64))
        let successes = try await withThrowingTaskGroup(of: FetchResponse.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    try await URLSessionTransport.shared.send(FetchRequest.patient(url: server.url))
                }
            }
            return try await group.reduce(into: 0) { count, response in count += response.status == 200 ? 1 : 0 }
        }
        #expect(successes == 64)
    }

    @Test func `requests are queued at the limit of connections per host`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let transport = URLSessionTransport(connectionsPerHost: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask { _ = try await transport.send(FetchRequest.patient(url: server.url)) }
            }
            try await group.waitForAll()
        }
        #expect(server.connections <= 2)
    }

    @Test func `connections are closed when their transport is released`() async throws {
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            _ = connection.receiveHead()
        }
        var transport: URLSessionTransport? = URLSessionTransport()
        _ = try await transport?.send(FetchRequest.patient(url: server.url))
        transport = nil
        await server.end()
    }

    @Test func `a connection that the server closed is replaced`() async throws {
        let closing: HeaderFields = ["Connection": "close"]
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}", headers: closing)]))
        let transport = URLSessionTransport()
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        for _ in 0..<3 { _ = try await transport.send(request) }
        #expect(server.connections == 3)
    }
}
