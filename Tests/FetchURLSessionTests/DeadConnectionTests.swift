import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Dead connections of the URLSession transport")
struct DeadConnectionTests {
    private static let lost = ScriptedTransport.Step.failure(URLError(.networkConnectionLost))

    @Test func `a request on a dead connection is retried once`() async throws {
        let service = ScriptedTransport([.json("1"), Self.lost, .json("2")])
        let server = try LoopbackServer(serving: service)
        let transport = URLSessionTransport()
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        _ = try await transport.send(request)
        #expect(try await transport.send(request).body == Data("2".utf8))
        #expect(service.requests.map(\.body) == Array(repeating: Data("{}".utf8), count: 3))
    }

    @Test func `a request fails if its retry is lost as well`() async throws {
        let service = ScriptedTransport([.json("1"), Self.lost, Self.lost, .json("2")])
        let server = try LoopbackServer(serving: service)
        let transport = URLSessionTransport()
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        _ = try await transport.send(request)
        let error = await #expect(throws: FetchError.self) { try await transport.send(request) }
        #expect(error?.code == .connectionFailed)
        #expect(service.requests.count == 3)
        #expect(try await transport.send(request).body == Data("2".utf8))
    }

    @Test func `a request on a new connection isn't retried`() async throws {
        let service = ScriptedTransport([Self.lost, .json("2")])
        let server = try LoopbackServer(serving: service)
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        let error = await #expect(throws: FetchError.self) { try await URLSessionTransport().send(request) }
        #expect(error?.code == .connectionFailed)
        #expect(service.requests.count == 1)
    }

    @Test(.timeLimit(.minutes(1))) func `a retry doesn't extend the timeout of the request`() async throws {
        let script = LoopbackScript([.json("1"), .fault(.close(.afterRequest)), .fault(.silence(.afterRequest))])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let transport = URLSessionTransport()
        let body = Data("{}".utf8)
        _ = try await transport.send(FetchRequest.patient(method: .post, url: server.url, body: body))
        let request = FetchRequest.patient(method: .post, url: server.url, body: body, timeout: .milliseconds(300))
        let error = await #expect(throws: FetchError.self) { try await transport.send(request) }
        #expect(error?.code == .requestTimeout)
    }

    /// The rule for Apple platforms, where the task's metrics show if the connection was reused.
    @Test(arguments: [
        (URLError.Code.networkConnectionLost, false, Optional(true), true),
        (.networkConnectionLost, false, nil, true),
        (.networkConnectionLost, false, false, false),
        (.networkConnectionLost, true, true, false),
        (.cannotConnectToHost, false, true, false),
        (.timedOut, false, true, false),
        (.cancelled, false, true, false),
    ])
    func `a dead connection is recognised by the error, the response and the metrics`(
        code: URLError.Code,
        responseBegan: Bool,
        reusedConnection: Bool?,
        isDead: Bool
    ) {
        let caused = DeadConnection.caused(
            URLError(code),
            responseBegan: responseBegan,
            reusedConnection: reusedConnection
        )
        #expect(caused == isDead)
    }
}
