import FetchCore
import FetchTesting
import Testing

@Suite("Requests that a loopback server rejects")
struct LoopbackServerRejectionTests {
    @Test(arguments: [
        "\r\n\r\n",
        "GET /\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
        "G(T / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET fetch HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /\u{7F} HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX : space before the colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: bare\nnewline\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: nul\0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n",
    ])
    func `a malformed request gets 400`(text: String) async throws {
        #expect(try await response(to: text).hasPrefix("HTTP/1.1 400 "))
    }

    @Test func `an oversized head gets 431`() async throws {
        let field = "X: " + String(repeating: "x", count: 70_000)
        #expect(try await response(to: "GET / HTTP/1.1\r\n\(field)\r\n\r\n").hasPrefix("HTTP/1.1 431 "))
    }

    @Test(arguments: ["Content-Length: 67108865\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n4000001\r\n"])
    func `an oversized body gets 413 before it is sent`(rest: String) async throws {
        #expect(try await response(to: "POST / HTTP/1.1\r\nHost: h\r\n\(rest)").hasPrefix("HTTP/1.1 413 "))
    }

    @Test(arguments: ["", "GET / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf"])
    func `a truncated request gets no response`(text: String) async throws {
        #expect(try await response(to: text, thenFinishing: true) == "")
    }

    /// Returns what the server sends before it closes the connection. Expects that the service receives no request.
    private func response(to text: String, thenFinishing finishes: Bool = false) async throws -> String {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        let client = try RawClient(server)
        client.send(text)
        if finishes { client.finish() }
        let response = await client.receiveAll()
        #expect(service.requests.isEmpty)
        server.stop()
        return response
    }
}
