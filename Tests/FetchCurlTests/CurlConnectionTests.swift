import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Connections of the curl transport", .timeLimit(.minutes(1)))
struct CurlConnectionTests {
    @Test func `consecutive requests share a connection`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let transport = try CurlTransport()
        for _ in 0..<20 {
            _ = try await transport.send(.patient(method: .post, url: server.url, body: Data("{}".utf8)))
        }
        #expect(server.connections == 1)
    }

    @Test func `clients that use the shared transport share its connections`() throws {
        let one: CurlTransport = try .curl
        let other: CurlTransport = try .curl
        #expect(one === other)
    }

    @Test func `64 requests run concurrently by default`() async throws {
        let server = try LoopbackServer(serving: BarrierTransport(size: 64))
        let transport = try CurlTransport()
        let responses = try await withThrowingTaskGroup(of: FetchResponse.self) { group in
            for _ in 0..<64 { group.addTask { try await transport.send(.patient(url: server.url)) } }
            return try await group.reduce(into: 0) { count, response in count += response.status == 200 ? 1 : 0 }
        }
        #expect(responses == 64)
    }

    @Test func `requests beyond the connection limit are queued`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let transport = try CurlTransport(CurlTransport.Configuration(connectionsPerHost: 2))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 { group.addTask { _ = try await transport.send(.patient(url: server.url)) } }
            try await group.waitForAll()
        }
        #expect(server.connections <= 2)
    }

    @Test func `time in the queue doesn't count towards the connect timeout`() async throws {
        let server = try LoopbackServer(playing: LoopbackScript([.json("{}").after(.milliseconds(400))]))
        defer { server.stop() }
        let transport = try CurlTransport(
            CurlTransport.Configuration(connectionsPerHost: 1, connectTimeout: .milliseconds(300))
        )
        try await withThrowingTaskGroup(of: FetchResponse.self) { group in
            for _ in 0..<3 { group.addTask { try await transport.send(.patient(url: server.url)) } }
            for try await response in group { #expect(response.status == 200) }
        }
        #expect(server.connections == 1)
    }

    @Test func `a connection that the server closes after each response is replaced`() async throws {
        let closing: HeaderFields = ["Connection": "close"]
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}", headers: closing)]))
        let transport = try CurlTransport()
        for _ in 0..<3 { _ = try await transport.send(.patient(method: .post, url: server.url, body: Data("{}".utf8))) }
        #expect(server.connections == 3)
    }

    @Test func `a request is sent once more if its reused connection was closed`() async throws {
        let lost = ScriptedTransport.Step.failure(URLError(.networkConnectionLost))
        let service = ScriptedTransport([.json("1"), lost, .json("2")])
        let server = try LoopbackServer(serving: service)
        let transport = try CurlTransport()
        _ = try await transport.send(.patient(method: .post, url: server.url, body: Data("{}".utf8)))
        let response = try await transport.send(.patient(method: .post, url: server.url, body: Data("{}".utf8)))
        #expect(response.body == Data("2".utf8))
        #expect(service.requests.map(\.body) == Array(repeating: Data("{}".utf8), count: 3))
    }

    @Test func `a connection isn't reused after a timeout`() async throws {
        let script = LoopbackScript([.json("1"), .fault(.silence(.afterRequest)), .json("2")])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let transport = try CurlTransport()
        _ = try await transport.send(.patient(url: server.url))
        let error = await #expect(throws: FetchError.self) {
            try await transport.send(.patient(url: server.url, timeout: .milliseconds(200)))
        }
        #expect(error?.code == .requestTimeout)
        #expect(try await transport.send(.patient(url: server.url)).body == Data("2".utf8))
        #expect(server.connections == 2)
    }

    @Test func `a shutdown fails running and later requests`() async throws {
        let server = try LoopbackServer(playing: LoopbackScript([.fault(.silence(.afterRequest))]))
        defer { server.stop() }
        let transport = try CurlTransport()
        async let failure = #expect(throws: FetchError.self) { try await transport.send(.patient(url: server.url)) }
        #expect(await Eventually.holds { server.connections > 0 })
        await transport.shutdown()
        #expect(await failure?.isRetryable == false)
        let late = await #expect(throws: FetchError.self) { try await transport.send(.patient(url: server.url)) }
        #expect(late?.message.contains("shut down") == true)
        await transport.shutdown()
    }
}
