import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("A kept connection that turns out dead")
struct DeadConnectionTests {
    private static let lost = ScriptedTransport.Step.failure(URLError(.networkConnectionLost))

    @Test func `has its request sent once more at once`() async throws {
        let service = ScriptedTransport([.json("1"), Self.lost, .json("2")])
        let server = try LoopbackServer(serving: service)
        let transport = URLSessionTransport()
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        _ = try await transport.send(request)
        #expect(try await transport.send(request).body == Data("2".utf8))
        #expect(service.requests.map(\.body) == Array(repeating: Data("{}".utf8), count: 3))
    }

    @Test func `has its request fail when it is lost again`() async throws {
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

    @Test func `isn't a new one, whose request is sent once`() async throws {
        let service = ScriptedTransport([Self.lost, .json("2")])
        let server = try LoopbackServer(serving: service)
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        let error = await #expect(throws: FetchError.self) { try await URLSessionTransport().send(request) }
        #expect(error?.code == .connectionFailed)
        #expect(service.requests.count == 1)
    }

    @Test(.timeLimit(.minutes(1))) func `doesn't give its request more time`() async throws {
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

    /// The rule for Apple platforms, where the task's metrics say whether the connection had been used.
    @Test(arguments: [
        (URLError.Code.networkConnectionLost, false, Optional(true), true),
        (.networkConnectionLost, false, nil, true),
        (.networkConnectionLost, false, false, false),
        (.networkConnectionLost, true, true, false),
        (.cannotConnectToHost, false, true, false),
        (.timedOut, false, true, false),
        (.cancelled, false, true, false),
    ])
    func `is recognised by the error, the response and the metrics`(
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
