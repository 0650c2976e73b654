import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("URLSession configuration")
struct ConfigurationTests {
    /// Applies settings that the contract of a transport excludes.
    private static func misconfigure(_ configuration: URLSessionConfiguration) {
        configuration.httpMaximumConnectionsPerHost = 0
        configuration.httpCookieStorage = .shared
        configuration.httpCookieAcceptPolicy = .always
        configuration.httpShouldSetCookies = true
        configuration.urlCache = .shared
        configuration.requestCachePolicy = .returnCacheDataElseLoad
        configuration.urlCredentialStorage = .shared
        configuration.timeoutIntervalForRequest = 0.001
        configuration.timeoutIntervalForResource = 0.001
        configuration.httpAdditionalHeaders = [
            "AUTHORIZATION": "Bearer x", "cookie": "a=b", "Host": "example.com", "Proxy-Authorization": "x",
            "Connection": "close", "Content-Length": "7", "Transfer-Encoding": "chunked",
            "User-Agent": "Lantern/2.1", "X-App": "1",
        ]
    }

    @Test func `the settings that the contract requires override the application's`() {
        let configuration = URLSessionConfiguration.fetching(configure: Self.misconfigure)
        #expect(configuration.httpMaximumConnectionsPerHost == 1)
        #expect(configuration.httpCookieStorage == nil)
        #expect(configuration.httpCookieAcceptPolicy == .never)
        #expect(!configuration.httpShouldSetCookies)
        #expect(configuration.urlCache == nil)
        #expect(configuration.requestCachePolicy == .reloadIgnoringLocalCacheData)
        #expect(configuration.urlCredentialStorage == nil)
        #expect(configuration.timeoutIntervalForRequest >= 7 * 24 * 60 * 60)
        #expect(configuration.timeoutIntervalForResource >= 7 * 24 * 60 * 60)
    }

    @Test func `additional header fields are kept, except credentials and message framing`() throws {
        let configuration = URLSessionConfiguration.fetching(configure: Self.misconfigure)
        let fields = try #require(configuration.httpAdditionalHeaders as? [String: String])
        #expect(fields == ["User-Agent": "Lantern/2.1", "X-App": "1"])
    }

    @Test func `an application's other settings are kept`() {
        let configuration = URLSessionConfiguration.fetching { configuration in
            configuration.allowsCellularAccess = false
            configuration.httpMaximumConnectionsPerHost = 3
            configuration.protocolClasses = [UnusedProtocol.self]
        }
        #expect(!configuration.allowsCellularAccess)
        #expect(configuration.httpMaximumConnectionsPerHost == 3)
        #expect(configuration.protocolClasses?.contains { $0 == UnusedProtocol.self } == true)
    }

    @Test func `an application's settings don't affect cookies, credentials and timeouts of a request`() async throws {
        let service = ScriptedTransport([.json("1", headers: ["Set-Cookie": "a=b"])])
        let server = try LoopbackServer(serving: service)
        let transport = URLSessionTransport(configuring: Self.misconfigure)
        let headers: HeaderFields = ["X-App": "2"]
        for _ in 0..<2 {
            let request = FetchRequest.patient(url: server.url, headers: headers)
            #expect(try await transport.send(request).body == Data("1".utf8))
        }
        for request in service.requests {
            #expect(request.headers["User-Agent"] == "Lantern/2.1")
            #expect(request.headers["X-App"] == "2")
            #expect(request.headers["Cookie"] == nil)
            #expect(request.headers["Authorization"] == nil)
        }
        #expect(service.requests.count == 2)
    }
}

/// A protocol class that handles no request.
private final class UnusedProtocol: URLProtocol {
    override class func canInit(with request: URLRequest) -> Bool { false }
}
