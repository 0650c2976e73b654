import AsyncHTTPClient
import FetchAsyncHTTPClient
import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("AsyncHTTPClient transport")
struct AsyncHTTPClientTransportTests {
    @Test func `the transport sends the requests of a client`() async throws {
        let server = try LoopbackServer(playing: LoopbackScript([.json(#"{"status":"done"}"#)]))
        let endpoint = Job(baseURL: server.url)
        let registry = try EndpointRegistry(endpoint)
        let credentials = Credentials.fixed([:])
        let job = try JobReference("example.job:1")
        // The sample in README.md.
        let transport = AsyncHTTPClientTransport()
        let client = FetchClient(registry: registry, transport: transport, credentials: credentials)
        let state = try await client.fetch(job)
        await transport.shutdown()
        guard case .succeeded = state else {
            Issue.record("the job isn't done")
            return
        }
    }

    @Test func `a request after shutdown is a permanent error`() async throws {
        let server = try LoopbackServer(playing: LoopbackScript([.json("{}")]))
        let transport = AsyncHTTPClientTransport()
        await transport.shutdown()
        await transport.shutdown()
        let error = await #expect(throws: FetchError.self) {
            try await transport.send(FetchRequest(method: .get, url: server.url))
        }
        #expect(error?.code == .connectionFailed)
        #expect(error?.isRetryable == false)
    }

    @Test func `shutdown cancels active requests`() async throws {
        let script = LoopbackScript([.fault(.silence(.afterRequest))])
        let server = try LoopbackServer(playing: script)
        let transport = AsyncHTTPClientTransport()
        let request = FetchRequest(method: .get, url: server.url)
        let sending = Task { try await transport.send(request) }
        while script.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        await transport.shutdown()
        await #expect(throws: FetchError.self) { try await sending.value }
    }

    @Test func `a plain http request is never sent to a proxy`() async throws {
        let script = LoopbackScript([.json("{}")])
        let proxy = try LoopbackServer(playing: script)
        var configuration = AsyncHTTPClientTransport.Configuration()
        configuration.proxy = .server(host: "127.0.0.1", port: proxy.origin.port)
        let transport = AsyncHTTPClientTransport(configuration)
        let error = await #expect(throws: FetchError.self) {
            try await transport.send(FetchRequest(method: .get, url: proxy.url))
        }
        #expect(error?.code == .refusedURL)
        #expect(proxy.connections == 0)
    }

    @Test func `the transport also limits the size of a decompressed body`() async throws {
        let server = try LoopbackServer(playing: LoopbackScript([.fault(.gzipBomb(bytes: 64 << 20))]))
        var configuration = AsyncHTTPClientTransport.Configuration()
        configuration.decompressedLimit = 1 << 20
        let transport = AsyncHTTPClientTransport(configuration)
        let error = await #expect(throws: FetchError.self) {
            try await transport.send(FetchRequest(method: .get, url: server.url, responseLimit: 64 << 20))
        }
        #expect(error?.code == .responseTooLarge)
        #expect(error?.remedy?.contains("decompressedLimit") == true)
    }

    @Test func `a server without TLS is a connection error, not a certificate error`() async throws {
        let server = try LoopbackServer(playing: LoopbackScript([.text("no TLS\r\n")]))
        let url = try #require(URL(string: "https://127.0.0.1:\(server.origin.port)"))
        let error = await #expect(throws: FetchError.self) {
            try await AsyncHTTPClientTransport().send(FetchRequest(method: .get, url: url))
        }
        #expect(error?.code == .connectionFailed)
        #expect(error?.isRetryable == true)
    }

    @Test func `a body can be read after its transport is released`() async throws {
        let bytes = Data(repeating: 7, count: 4 << 20)
        let server = try LoopbackServer(
            playing: LoopbackScript([.response(FetchResponse(status: 200, body: bytes))])
        )
        let body = try await AsyncHTTPClientTransport().stream(FetchRequest(method: .get, url: server.url)).body
        #expect(try await body.reduce(into: Data()) { $0 += $1 } == bytes)
    }

    @Test func `a body that is read after the shutdown of its transport isn't taken for a complete one`() async throws {
        let part = LoopbackResponse.json(String(repeating: "x", count: 10_000))
        let server = try LoopbackServer(playing: LoopbackScript([.fault(.endlessBody, in: part)]))
        let transport = AsyncHTTPClientTransport()
        let body = try await transport.stream(FetchRequest(method: .get, url: server.url, responseLimit: 1 << 40)).body
        await transport.shutdown()
        let error = await #expect(throws: FetchError.self) { for try await _ in body {} }
        #expect(error?.code == .connectionFailed)
    }

    @Test(arguments: [0, 1, 1_000, 65_536, 99_999])
    func `an incomplete body is received in order up to some byte, and is then an error`(length: Int) async throws {
        let bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        let response = LoopbackResponse.response(FetchResponse(status: 200, body: bytes))
        let server = try LoopbackServer(
            playing: LoopbackScript([.fault(.close(.inBody(after: length)), in: response)])
        )
        let body = try await AsyncHTTPClientTransport().stream(FetchRequest(method: .get, url: server.url)).body
        var received = Data()
        let error = await #expect(throws: FetchError.self) { for try await chunk in body { received += chunk } }
        #expect(received == bytes.prefix(received.count) && received.count <= length)
        #expect(error?.code == .connectionFailed && error?.isRetryable == true)
    }

    @Test(arguments: [nil, "gzip", "identity"])
    func `a streamed body is decoded unless the request accepts only identity`(encoding: String?) async throws {
        let text = Data(String(repeating: "text", count: 10_000).utf8)
        let script = LoopbackScript([.fault(.gzip, in: .response(FetchResponse(status: 200, body: text)))])
        let server = try LoopbackServer(playing: script)
        var request = FetchRequest(method: .get, url: server.url)
        request.headers["Accept-Encoding"] = encoding
        let response = try await AsyncHTTPClientTransport().stream(request)
        let body = try await response.body.reduce(into: Data()) { $0 += $1 }
        #expect(script.requests.first?.headers["Accept-Encoding"] == encoding ?? "identity")
        #expect((body == text) == (encoding != "identity"))
    }

    @Test(arguments: ["X-Key\r\nX: y", "X Key"])
    func `the error of a malformed request doesn't contain header values`(name: String) async throws {
        let url = try #require(URL(string: "http://127.0.0.1:9/"))
        let canary = "sk-canary-3b1f"
        let headers: HeaderFields = name == "X Key" ? [name: canary] : ["X-Key": "\(canary)\r\nX: y"]
        let error = await #expect(throws: FetchError.self) {
            try await AsyncHTTPClientTransport().send(FetchRequest(method: .get, url: url, headers: headers))
        }
        #expect(error?.code == .malformedEndpoint)
        #expect(error.map { "\($0)".contains(canary) } == false)
    }
}

/// An endpoint that succeeds with every response.
private struct Job: FetchEndpoint, Hashable {
    let name: EndpointName = "example.job"
    let provider: ProviderID = "example"
    let baseURL: URL
    let method = RequestMethod.post
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.none

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> { .succeeded(id) }
}
