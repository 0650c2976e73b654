import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

@Suite("Limits of the URLSession transport")
struct URLSessionLimitTests {
    @Test func `a body of exactly the limit is returned`() async throws {
        let body = String(repeating: "x", count: 1000)
        let server = try LoopbackServer(serving: ScriptedTransport([.json(body)]))
        let request = FetchRequest.patient(url: server.url, responseLimit: 1000)
        #expect(try await URLSessionTransport.shared.send(request).body.count == 1000)
    }

    @Test func `a Content-Length above the limit ends the request before the body`() async throws {
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
            #expect(connection.receiveHead() == "")
        }
        let request = FetchRequest.patient(url: server.url, responseLimit: 1000)
        await expectTooLarge(request)
        await server.end()
    }

    @Test(arguments: ["\r\n", "Transfer-Encoding: chunked\r\n\r\n"])
    func `an endless body ends the request at the limit`(headEnd: String) async throws {
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send("HTTP/1.1 200 OK\r\n\(headEnd)")
            while connection.send("400\r\n" + String(repeating: "x", count: 0x400) + "\r\n") {}
        }
        let request = FetchRequest.patient(url: server.url, responseLimit: 100_000)
        await expectTooLarge(request)
        await server.end()
    }

    @Test func `the limit applies to the decompressed body`() async throws {
        let compressed = Data(base64Encoded: Self.compressedZeros)
        let response = FetchResponse(status: 200, headers: ["Content-Encoding": "gzip"], body: try #require(compressed))
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        await expectTooLarge(FetchRequest.patient(url: server.url, responseLimit: 99_999))
        let request = FetchRequest.patient(url: server.url, responseLimit: 100_000)
        #expect(try await URLSessionTransport.shared.send(request).body.count == 100_000)
    }

    @Test func `the client's request timeout ends the request and closes its connection`() async throws {
        let service = UnresponsiveTransport()
        let server = try LoopbackServer(serving: service)
        let client = FetchClient(
            transport: .urlSession,
            credentials: .none,
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .milliseconds(200)))
        )
        let error = await #expect(throws: FetchError.self) {
            try await client.fetch(ConfigurableEndpoint<Int>(baseURL: server.url, authorization: .none), id: 1)
        }
        #expect(error?.code == .requestTimeout)
        await service.cancellation()
    }

    @Test(.timeLimit(.minutes(1)))
    func `the transport ends a request at its timeout and closes its connection`() async throws {
        let service = UnresponsiveTransport()
        let server = try LoopbackServer(serving: service)
        let request = FetchRequest.patient(url: server.url, timeout: .milliseconds(200))
        let error = await #expect(throws: FetchError.self) { try await URLSessionTransport.shared.send(request) }
        #expect(error?.code == .requestTimeout)
        await service.cancellation()
    }

    @Test(arguments: [Duration.seconds(30 * 24 * 60 * 60), .seconds(Int64.max)])
    func `a long timeout doesn't end a request early`(timeout: Duration) async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let request = FetchRequest.patient(url: server.url, timeout: timeout)
        #expect(try await URLSessionTransport.shared.send(request).status == 200)
    }

    private func expectTooLarge(_ request: FetchRequest) async {
        let error = await #expect(throws: FetchError.self) { try await URLSessionTransport.shared.send(request) }
        #expect(error?.code == .responseTooLarge)
    }

    /// 100,000 characters "0" as 133 bytes of gzip.
    private static let compressedZeros =
        "H4sIAAAAAAACA+3BMQEAAADCoErrn84aHkAB" + String(repeating: "A", count: 128) + "rwaFwk3FoIYBAA=="
}
