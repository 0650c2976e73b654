import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("What the URLSession transport throws")
struct URLSessionFailureTests {
    private static let key = "sk-canary-5f0e"

    @Test func `where nobody listens`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        server.stop()
        let error = try await failure(asking: server.url)
        #expect(error.code == .connectionFailed)
        #expect(error.message == "\(server.origin) can't be reached, or refused the connection")
    }

    @Test func `where the server closes the connection without an answer`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.failure(URLError(.networkConnectionLost))]))
        #expect(try await failure(asking: server.url).code == .connectionFailed)
    }

    // Not among them: an answer that is cut off within its head. It ends the process on Linux, inside Foundation.
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip",
        "SSH-2.0-OpenSSH_9.9\r\n",
    ])
    func `where the answer is cut off or is no HTTP`(answer: String) async throws {
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send(answer)
        }
        #expect(try await failure(asking: server.url).code == .connectionFailed)
    }

    @Test func `where the server doesn't speak TLS`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let url = try #require(URL(string: "https://127.0.0.1:\(server.origin.port)"))
        let error = try await failure(asking: url)
        #expect(error.code == .connectionFailed)
        #expect(error.message.hasPrefix("no secure connection to https://127.0.0.1:\(server.origin.port) could be"))
    }

    @Test func `where URLSession can't send the request as it is`() async throws {
        let url = try #require(URL(string: "http://127.0.0.1:9/"))
        let withBody = FetchRequest.patient(method: .get, url: url, body: Data("{}".utf8))
        let withNewline = FetchRequest.patient(method: .get, url: url, headers: ["X-Key": "\(Self.key)\r\nX: y"])
        for request in [withBody, withNewline] {
            let error = try await failure(of: request)
            #expect(error.code == .malformedEndpoint)
            #expect(!error.isRetryable)
        }
    }

    @Test(arguments: [
        (URLError.Code.serverCertificateUntrusted, FetchError.Code.untrustedServer),
        (.serverCertificateHasUnknownRoot, .untrustedServer),
        (.serverCertificateHasBadDate, .untrustedServer),
        (.serverCertificateNotYetValid, .untrustedServer),
        (.secureConnectionFailed, .connectionFailed),
        (.clientCertificateRejected, .untrustedServer),
        (.clientCertificateRequired, .untrustedServer),
        (.appTransportSecurityRequiresSecureConnection, .malformedEndpoint),
        (.timedOut, .requestTimeout),
        (.badURL, .malformedEndpoint),
        (.unsupportedURL, .connectionFailed),
        (.cannotFindHost, .connectionFailed),
        (.notConnectedToInternet, .connectionFailed),
        (.networkConnectionLost, .connectionFailed),
        (.unknown, .connectionFailed),
    ])
    func `says what URLSession's error means, and nothing of its URL`(
        urlCode: URLError.Code,
        code: FetchError.Code
    ) throws {
        let url = try #require(URL(string: "https://example.com:444/\(Self.key)?key=\(Self.key)"))
        let userInfo: [String: Any] = [NSURLErrorFailingURLErrorKey: url, NSLocalizedDescriptionKey: Self.key]
        let error = FetchError(URLError(urlCode, userInfo: userInfo), from: url)
        #expect(error.code == code)
        #expect(error.isRetryable == [.requestTimeout, .connectionFailed].contains(code))
        #expect(error.message.contains("https://example.com:444"))
        expectNoKey(in: error)
    }

    @Test func `where the URL is neither http nor https`() throws {
        let url = try #require(URL(string: "gopher://example.com"))
        #expect(FetchError(URLError(.unsupportedURL), from: url).code == .malformedEndpoint)
    }

    private func failure(asking url: URL) async throws -> FetchError {
        try await failure(
            of: FetchRequest.patient(
                method: .post,
                url: url.appending(queryItems: [URLQueryItem(name: "key", value: Self.key)]),
                headers: ["X-Key": Self.key],
                body: Data(Self.key.utf8)
            )
        )
    }

    private func failure(of request: FetchRequest) async throws -> FetchError {
        let error = try #require(
            await #expect(throws: FetchError.self) { try await URLSessionTransport.shared.send(request) }
        )
        expectNoKey(in: error)
        return error
    }

    private func expectNoKey(in error: FetchError) {
        var dumped = ""
        dump(error, to: &dumped)
        for text in [dumped, "\(error)", error.localizedDescription, "\(error as NSError)"] {
            #expect(!text.contains(Self.key))
        }
    }
}
