import FetchCore
import FetchURLSession
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Failed TLS handshakes of the URLSession transport")
struct TLSFailureTests {
    private static let url = URL(string: "https://example.com")!

    @Test(arguments: [
        (-9807, "its certificate chain isn't valid"),
        (-9808, "its certificate isn't well formed"),
        (-9812, "the authority of its certificate is unknown"),
        (-9813, "the authority of its certificate is unknown"),
        (-9814, "its certificate has expired"),
        (-9815, "its certificate isn't valid yet"),
        (-9825, "it rejected the client's certificate"),
        (-9829, "it rejected the client's certificate"),
        (-9831, "it rejected the client's certificate"),
        (-9842, "it requires a client certificate"),
        (-9843, "its certificate is for another host"),
    ])
    func `a failure caused by a certificate isn't retryable`(status: Int, problem: String) {
        let error = Self.fetchError(.secureConnectionFailed, stream: (3, status))
        #expect(error.code == .untrustedServer)
        #expect(!error.isRetryable)
        #expect(error.message == "https://example.com isn't trusted: \(problem) (error \(status))")
    }

    @Test(arguments: [-9800, -9802, -9805, -9806, -9816, -9820, -9824, -9830, -9836, -9838, -9844, -9853, -9860, 0])
    func `a failure with any other TLS cause is retryable`(status: Int) {
        let error = Self.fetchError(.secureConnectionFailed, stream: (3, status))
        #expect(error.code == .connectionFailed)
        #expect(error.isRetryable)
        #expect(error.message == "no secure connection to https://example.com could be established (error \(status))")
    }

    @Test(arguments: [(1, 54), (4, -2200), (12, 8)])
    func `a failure without a TLS cause is retryable`(domain: Int, code: Int) {
        for error in [
            Self.fetchError(.secureConnectionFailed, stream: (domain, code)),
            Self.fetchError(.secureConnectionFailed, stream: nil),
        ] {
            #expect(error.code == .connectionFailed)
            #expect(error.isRetryable)
        }
    }

    @Test(arguments: -9886 ... -9880)
    func `the remedy for a violation of App Transport Security names it`(status: Int) {
        let error = Self.fetchError(.secureConnectionFailed, stream: (3, status))
        #expect(error.code == .untrustedServer)
        #expect(error.remedy?.contains("NSAppTransportSecurity") == true)
    }

    @Test(arguments: [
        URLError.Code.serverCertificateHasBadDate, .serverCertificateUntrusted, .serverCertificateHasUnknownRoot,
        .serverCertificateNotYetValid, .clientCertificateRejected, .clientCertificateRequired,
    ])
    func `a certificate code isn't retryable, whatever the underlying error`(code: URLError.Code) {
        for stream in [nil, (3, -9806), (1, 54)] as [(Int, Int)?] {
            let error = Self.fetchError(code, stream: stream)
            #expect(error.code == .untrustedServer)
            #expect(!error.isRetryable)
        }
    }

    @Test func `a status of the Security framework determines the error`() {
        let status = NSError(domain: NSOSStatusErrorDomain, code: -9843)
        let network = NSError(domain: "kCFErrorDomainCFNetwork", code: -1200, userInfo: [NSUnderlyingErrorKey: status])
        let error = URLError(.secureConnectionFailed, userInfo: [NSUnderlyingErrorKey: network])
        #expect(FetchError(error, from: Self.url).code == .untrustedServer)
    }

    @Test(arguments: [
        ("SSL certificate problem: self-signed certificate", "the authority of its certificate is unknown"),
        (
            "SSL certificate problem: unable to get local issuer certificate",
            "the authority of its certificate is unknown"
        ),
        ("SSL certificate problem: certificate has expired", "its certificate has expired"),
        ("SSL certificate problem: certificate is not yet valid", "its certificate isn't valid yet"),
        (
            "SSL: no alternative certificate subject name matches target host name 'example.com'",
            "its certificate is for another host"
        ),
        ("error setting certificate verify locations", "its certificate isn't valid"),
        ("error:0A00045C:SSL routines::tlsv13 alert certificate required", "it requires a client certificate"),
        ("error:0A000418:SSL routines::tlsv1 alert unknown ca", "it rejected the client's certificate"),
    ])
    func `a message about a certificate isn't retryable on Linux`(message: String, problem: String) {
        let error = FetchError(URLError(.unknown, userInfo: [NSLocalizedDescriptionKey: message]), from: Self.url)
        #expect(error.code == .untrustedServer)
        #expect(error.message.contains(problem))
    }

    @Test(arguments: [
        "error:0A00010B:SSL routines::wrong version number",
        "error:0A000410:SSL routines::sslv3 alert handshake failure",
        "error:0A000438:SSL routines::tlsv1 alert internal error",
        "error:0A000126:SSL routines::unexpected eof while reading",
        "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to example.com:443",
    ])
    func `any other TLS message is retryable on Linux`(message: String) {
        let error = FetchError(URLError(.unknown, userInfo: [NSLocalizedDescriptionKey: message]), from: Self.url)
        #expect(error.code == .connectionFailed)
        #expect(error.message.hasPrefix("no secure connection"))
    }

    private static func fetchError(_ code: URLError.Code, stream: (domain: Int, code: Int)?) -> FetchError {
        FetchError(URLError.fixture(code, stream: stream), from: url)
    }
}
