import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import Testing

@Suite("The limits of the URLSession transport")
struct URLSessionLimitTests {
    @Test func `let a body pass that is just as large as it may be`() async throws {
        let body = String(repeating: "x", count: 1000)
        let server = try LoopbackServer(serving: ScriptedTransport([.json(body)]))
        let request = FetchRequest.patient(method: .get, url: server.url, responseLimit: 1000)
        #expect(try await URLSessionTransport.shared.send(request).body.count == 1000)
    }

    @Test func `end a request by the Content-Length, before the body comes`() async throws {
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
            #expect(connection.receiveHead() == "")
        }
        let request = FetchRequest.patient(method: .get, url: server.url, responseLimit: 1000)
        await expectTooLarge(request)
        await server.end()
    }

    @Test(arguments: ["\r\n", "Transfer-Encoding: chunked\r\n\r\n"])
    func `end a request whose body has no end, while it comes`(headEnd: String) async throws {
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send("HTTP/1.1 200 OK\r\n\(headEnd)")
            while connection.send("400\r\n" + String(repeating: "x", count: 0x400) + "\r\n") {}
        }
        let request = FetchRequest.patient(method: .get, url: server.url, responseLimit: 100_000)
        await expectTooLarge(request)
        await server.end()
    }

    @Test func `count what a body is when it is unpacked`() async throws {
        let packed = Data(base64Encoded: Self.packedZeros)
        let response = FetchResponse(status: 200, headers: ["Content-Encoding": "gzip"], body: try #require(packed))
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        await expectTooLarge(FetchRequest.patient(method: .get, url: server.url, responseLimit: 99_999))
        let request = FetchRequest.patient(method: .get, url: server.url, responseLimit: 100_000)
        #expect(try await URLSessionTransport.shared.send(request).body.count == 100_000)
    }

    @Test func `leave the exact time to the client, which ends the request and its connection`() async throws {
        let service = SilentService()
        let server = try LoopbackServer(serving: service)
        let client = FetchClient(
            transport: .urlSession,
            credentials: .none,
            policy: PollingPolicy(requestTimeout: .milliseconds(200))
        )
        let error = await #expect(throws: FetchError.self) {
            try await client.fetch(Still(baseURL: server.url), id: 1)
        }
        #expect(error?.code == .requestTimeout)
        await service.departure()
    }

    @Test(.timeLimit(.minutes(1)))
    func `end a request in its time, and its connection, where nobody else does`() async throws {
        let service = SilentService()
        let server = try LoopbackServer(serving: service)
        let request = FetchRequest.patient(method: .get, url: server.url, timeout: .milliseconds(200))
        let error = await #expect(throws: FetchError.self) { try await URLSessionTransport.shared.send(request) }
        #expect(error?.code == .requestTimeout)
        await service.departure()
    }

    @Test(arguments: [Duration.seconds(30 * 24 * 60 * 60), .seconds(Int64.max)])
    func `give a request all the time that it may take`(timeout: Duration) async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let request = FetchRequest.patient(method: .get, url: server.url, timeout: timeout)
        #expect(try await URLSessionTransport.shared.send(request).status == 200)
    }

    private func expectTooLarge(_ request: FetchRequest) async {
        let error = await #expect(throws: FetchError.self) { try await URLSessionTransport.shared.send(request) }
        #expect(error?.code == .responseTooLarge)
    }

    /// A hundred thousand characters "0" in 133 bytes.
    private static let packedZeros =
        "H4sIAAAAAAACA+3BMQEAAADCoErrn84aHkAB" + String(repeating: "A", count: 128) + "rwaFwk3FoIYBAA=="
}

private struct Still: FetchEndpoint {
    let name: EndpointName = "example.still"
    let provider: ProviderID = "example"
    let baseURL: URL
    let path: PathTemplate = "fetch/{id}"
    let authorization: Authorization = .none

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<JSONValue> { .pending(JobProgress()) }
}
