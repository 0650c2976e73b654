import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Errors of the URLSession transport")
struct URLSessionFailureTests {
    private static let key = "sk-canary-5f0e"

    @Test func `a refused connection is connectionFailed`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        server.stop()
        let error = try await failure(at: server.url)
        #expect(error.code == .connectionFailed)
        #expect(error.message == "\(server.origin) can't be reached or refused the connection")
    }

    @Test func `a connection closed without a response is connectionFailed`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.failure(URLError(.networkConnectionLost))]))
        #expect(try await failure(at: server.url).code == .connectionFailed)
    }

    // A response that is truncated within its head isn't included, since it crashes Foundation on Linux.
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip",
        "SSH-2.0-OpenSSH_9.9\r\n",
    ])
    func `a truncated response or one that isn't HTTP is connectionFailed`(response: String) async throws {
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send(response)
        }
        #expect(try await failure(at: server.url).code == .connectionFailed)
    }

    @Test func `a server without TLS is connectionFailed`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let url = try #require(URL(string: "https://127.0.0.1:\(server.origin.port)"))
        let error = try await failure(at: url)
        #expect(error.code == .connectionFailed)
        #expect(error.message.hasPrefix("no secure connection to https://127.0.0.1:\(server.origin.port) could be"))
    }

    @Test func `a request that URLSession can't send is malformedEndpoint`() async throws {
        let url = try #require(URL(string: "http://127.0.0.1:9/"))
        let withBody = FetchRequest.patient(url: url, body: Data("{}".utf8))
        let withNewline = FetchRequest.patient(url: url, headers: ["X-Key": "\(Self.key)\r\nX: y"])
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
    func `an error of URLSession determines the code, and its URL isn't exposed`(
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

    @Test func `a URL that is neither http nor https is malformedEndpoint`() throws {
        let url = try #require(URL(string: "gopher://example.com"))
        #expect(FetchError(URLError(.unsupportedURL), from: url).code == .malformedEndpoint)
    }

    private func failure(at url: URL) async throws -> FetchError {
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
