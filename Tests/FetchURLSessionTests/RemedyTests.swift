import FetchCore
import FetchURLSession
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Remedies for restrictions of Apple platforms")
struct RemedyTests {
    private static let url = URL(string: "http://127.0.0.1:8080")!
    private static let entitlement = "com.apple.security.network.client"

    @Test func `the remedy for plain http names the exceptions of App Transport Security`() throws {
        let error = FetchError(URLError(.appTransportSecurityRequiresSecureConnection), from: Self.url)
        #expect(error.code == .malformedEndpoint)
        #expect(error.message.contains("App Transport Security doesn't allow plain http to http://127.0.0.1:8080"))
        let remedy = try #require(error.remedy)
        for name in ["NSAppTransportSecurity", "NSExceptionDomains", "NSAllowsLocalNetworking", "https"] {
            #expect(remedy.contains(name))
        }
    }

    @Test(arguments: [
        (URLError.Code.cannotConnectToHost, (domain: 1, code: 1)),
        (.cannotFindHost, (domain: 10, code: -72000)),
        (.notConnectedToInternet, (domain: 1, code: 1)),
    ])
    func `the remedy names the entitlement if the cause is that of the sandbox`(
        code: URLError.Code,
        stream: (domain: Int, code: Int)
    ) {
        let error = FetchError(URLError.fixture(code, stream: stream), from: Self.url, isSandboxed: false)
        #expect(error.code == .connectionFailed)
        #expect(error.isRetryable)
        #expect(error.remedy?.contains(Self.entitlement) == true)
    }

    @Test(arguments: [
        (URLError.Code.cannotConnectToHost, true),
        (.cannotFindHost, true),
        (.networkConnectionLost, false),
        (.badServerResponse, false),
        (.timedOut, false),
    ])
    func `the remedy names the entitlement in a sandboxed process if no connection was established`(
        code: URLError.Code,
        isNamed: Bool
    ) {
        let error = URLError.fixture(code, stream: (domain: 1, code: 61))
        #expect(FetchError(error, from: Self.url, isSandboxed: false).remedy == nil)
        let remedy = FetchError(error, from: Self.url, isSandboxed: true).remedy
        #expect((remedy?.contains(Self.entitlement) == true) == isNamed)
    }

    @Test func `the cause is searched in at most eight nested errors`() {
        var error = NSError(domain: NSPOSIXErrorDomain, code: Int(EPERM))
        for level in 0..<3 { error = NSError(domain: "x", code: level, userInfo: [NSUnderlyingErrorKey: error]) }
        let shallow = URLError(.cannotConnectToHost, userInfo: [NSUnderlyingErrorKey: error])
        #expect(FetchError(shallow, from: Self.url, isSandboxed: false).remedy != nil)
        for level in 0..<20 { error = NSError(domain: "x", code: level, userInfo: [NSUnderlyingErrorKey: error]) }
        let deep = URLError(.cannotConnectToHost, userInfo: [NSUnderlyingErrorKey: error])
        #expect(FetchError(deep, from: Self.url, isSandboxed: false).remedy == nil)
    }
}
