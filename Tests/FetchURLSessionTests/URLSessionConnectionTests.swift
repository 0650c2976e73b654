import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import Testing

@Suite("The connections of the URLSession transport")
struct URLSessionConnectionTests {
    @Test func `are reused`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let transport = URLSessionTransport()
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        for _ in 0..<20 { _ = try await transport.send(request) }
        #expect(server.connections == 1)
    }

    @Test func `are shared by all clients that say no more than urlSession`() {
        let one: URLSessionTransport = .urlSession
        let other: URLSessionTransport = .urlSession
        #expect(one === other)
    }

    @Test func `carry 64 requests at once`() async throws {
        let server = try LoopbackServer(serving: Assembly(of: 64))
        let answers = try await withThrowingTaskGroup(of: FetchResponse.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    try await URLSessionTransport.shared.send(FetchRequest.patient(method: .get, url: server.url))
                }
            }
            return try await group.reduce(into: 0) { count, response in count += response.status == 200 ? 1 : 0 }
        }
        #expect(answers == 64)
    }

    @Test func `wait for each other beyond the limit`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let transport = URLSessionTransport(connectionsPerHost: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask { _ = try await transport.send(FetchRequest.patient(method: .get, url: server.url)) }
            }
            try await group.waitForAll()
        }
        #expect(server.connections <= 2)
    }

    @Test func `are closed with their transport`() async throws {
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            _ = connection.receiveHead()
        }
        var transport: URLSessionTransport? = URLSessionTransport()
        _ = try await transport?.send(FetchRequest.patient(method: .get, url: server.url))
        transport = nil
        await server.end()
    }

    @Test func `are replaced where the server has closed them`() async throws {
        let closing: HeaderFields = ["Connection": "close"]
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}", headers: closing)]))
        let transport = URLSessionTransport()
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        for _ in 0..<3 { _ = try await transport.send(request) }
        #expect(server.connections == 3)
    }
}

/// Answers none before all are there.
private actor Assembly: FetchTransport {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(of size: Int) { self.size = size }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            guard waiting.count == size else { return }
            for continuation in waiting { continuation.resume() }
        }
        return FetchResponse(status: 200)
    }
}
