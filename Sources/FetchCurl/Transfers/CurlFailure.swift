import FetchCore
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A failed libcurl transfer, which is mapped to an error that quotes neither the server nor the request.
struct CurlFailure {
    /// CURLE_HTTP2: a problem in the HTTP/2 framing layer.
    static let http2Error: Int32 = 16
    /// CURLE_PARTIAL_FILE: the response is incomplete.
    static let partialFile: Int32 = 18
    /// CURLE_SEND_ERROR: the request could not be sent.
    static let sendError: Int32 = 55

    private let code: Int32
    /// The error message of libcurl and its TLS library, in lower case.
    private let message: String
    private let certificateVerifyResult: Int
    private let proxyStatus: Int
    /// True if the certificate is that of a proxy.
    private let isAboutProxy: Bool
    private let excess: ResponseBuffer.Excess?
    /// The `errno` if no socket could be opened.
    private let socketError: Int32?
    /// The reason why an address was refused.
    private let addressProblem: String?
    private let configuration: CurlTransport.Configuration

    init(of handle: CurlHandle, code: Int32, configuration: CurlTransport.Configuration) {
        self.code = code
        socketError = handle.socketError
        addressProblem = handle.addressProblem
        message = handle.errorMessage.lowercased()
        let proxyResult = handle.easy.value(of: CurlInfo.proxyCertificateVerifyResult)
        isAboutProxy = proxyResult != 0
        certificateVerifyResult = isAboutProxy ? proxyResult : handle.easy.value(of: CurlInfo.certificateVerifyResult)
        proxyStatus = handle.easy.value(of: CurlInfo.proxyConnectCode)
        excess = handle.response.excess
        self.configuration = configuration
    }

    /// True if no connection could be established, so that the name's addresses may be out of date.
    var isUnreachable: Bool { socketError == nil && (code == 7 || code == 28) }

    func error(for transfer: CurlTransfer) -> FetchError {
        if let excess { return error(beyond: excess, for: transfer) }
        if code == 7, let addressProblem {
            return transfer.request.addressPolicy.refusal(of: transfer.target.origin, because: addressProblem)
        }
        return error(from: transfer.target.origin, proxy: transfer.target.proxyHost, request: transfer.request)
    }

    /// Returns the error for a request to a server, through a proxy if `proxy` isn't `nil`.
    func error(from origin: Origin, proxy: String?, request: FetchRequest) -> FetchError {
        if code == 7, let socketError { return .noSocket(for: origin, socketError) }
        if let proxy, let error = error(ofProxy: proxy, to: origin) { return error }
        let server = origin.description
        switch code {
        case 3: return FetchError(.malformedEndpoint, "libcurl can't parse the URL of the request to \(server)")
        case 5, 6: return FetchError(.connectionFailed, "the host of \(server) can't be found")
        case 7: return FetchError(.connectionFailed, "\(server) can't be reached or refused the connection")
        case 28: return FetchError(.connectionFailed, "\(server) accepted no connection within \(connectTimeout)")
        case 51, 60, 83, 91: return untrusted(server)
        // If a certificate's signature is wrong, OpenSSL reports a parser error and no verify result.
        case 35 where message.contains("asn1 encoding routines"): return untrusted(server)
        case 77:
            return noAuthorities(for: server)
        case 63: return request.responseTooLargeError
        default: break
        }
        if let cause = handshakeCause {
            return FetchError(.connectionFailed, "the TLS handshake with \(server) failed: \(cause)")
        }
        let description =
            switch code {
            case 1, 8: "\(server) sent an invalid HTTP response"
            case 16, 92: "\(server) violated the HTTP/2 protocol or reset the stream"
            case 18: "\(server) sent an incomplete response"
            // libcurl limits the length of a line. Older versions report an excess as a lack of memory.
            case 27, 100: "\(server) sent a line that is too long, or libcurl is out of memory"
            case 35: "the TLS handshake with \(server) failed"
            case 52: "\(server) closed the connection without a response"
            case 55, 56: "the connection to \(server) was lost"
            case 61: "\(server) sent a body that can't be decoded"
            default: "the request to \(server) or its response was lost"
            }
        return FetchError(.connectionFailed, "\(description) (libcurl error \(code))")
    }

    private var connectTimeout: String { "\(configuration.connectTimeout.wholeMilliseconds) ms" }
}

// Certificates and handshakes.
extension CurlFailure {
    private func noAuthorities(for server: String) -> FetchError {
        if let file = configuration.certificateAuthorities {
            return FetchError(
                .untrustedServer,
                "\(server) can't be trusted: the certificate authorities in \(file) can't be read",
                remedy: "Check CURL_CA_BUNDLE, SSL_CERT_FILE or the transport's certificateAuthorities."
            )
        }
        return FetchError(
            .untrustedServer,
            "\(server) can't be trusted: this machine has no certificate authorities",
            remedy: Self.installAuthorities
        )
    }

    private func untrusted(_ server: String) -> FetchError {
        FetchError(.untrustedServer, "\(server) isn't trusted: \(trustProblem.cause)", remedy: trustProblem.remedy)
    }

    /// The cause by OpenSSL's verify result (`X509_V_ERR_…` in x509_vfy.h), or else by the error messages of other TLS
    /// libraries.
    private var trustProblem: (cause: String, remedy: String) {
        switch certificateVerifyResult {
        case 9: return Self.notYetValid
        case 10: return Self.expired
        case 18, 19, 20, 21: return Self.unknownAuthority
        case 62: return Self.wrongHost
        default: break
        }
        func mentions(_ parts: String...) -> Bool { parts.contains { message.contains($0) } }
        if mentions("asn1 encoding routines") { return Self.wrongSignature }
        if mentions("not yet valid", "not yet activated") { return Self.notYetValid }
        if mentions("expired") { return Self.expired }
        if mentions("subject name", "does not match", "no alternative", "host name", "hostname") {
            return Self.wrongHost
        }
        if mentions("issuer", "self-signed", "self signed", "unknown ca", "authority") { return Self.unknownAuthority }
        return ("its certificate isn't valid", "Check the URL, this machine's clock and its certificate authorities.")
    }

    private static let installAuthorities =
        "Install the system's certificate authorities (ca-certificates), or set SSL_CERT_FILE to your own file."
    private static let notYetValid = (
        "its certificate isn't valid yet", "Check this machine's clock."
    )
    private static let expired = (
        "its certificate has expired", "Check this machine's clock. If it is right, the server needs a new certificate."
    )
    private static let wrongHost = (
        "its certificate is for another host", "Check the URL."
    )
    private static let wrongSignature = (
        "its certificate isn't signed by the authority that it names", "Check the URL and the certificate authorities."
    )
    private static let unknownAuthority = (
        "its certificate is from an authority that this machine doesn't know", installAuthorities
    )

    /// The cause of a handshake failure other than an untrusted certificate. Such failures are retryable.
    private var handshakeCause: String? {
        guard [35, 55, 56, 58, 59, 98].contains(code) else { return nil }
        func mentions(_ parts: String...) -> Bool { parts.contains { message.contains($0) } }
        if code == 98 || mentions("certificate required") { return "it requires a client certificate" }
        if mentions("protocol version", "unsupported protocol", "wrong version number", "no protocols available") {
            return mentions("wrong version number")
                ? "it doesn't speak TLS" : "it doesn't support TLS 1.2 or later"
        }
        if mentions("handshake failure") { return "it refused the handshake" }
        if mentions("unknown ca", "bad certificate") { return "it refused this machine's certificate" }
        if mentions("internal error") { return "it had an internal error" }
        if mentions("user cancel") { return "it cancelled the handshake" }
        if mentions("decrypt error") { return "it couldn't verify the handshake" }
        if mentions("unexpected eof", "ssl_error_syscall", "connection reset") && code == 35 {
            return "the connection was closed during the handshake"
        }
        return mentions("alert") ? "it ended the connection with an alert" : nil
    }
}

// Proxy failures.
extension CurlFailure {
    private func error(ofProxy proxy: String, to origin: Origin) -> FetchError? {
        switch code {
        case 5: return FetchError(.connectionFailed, "the host of the proxy \(proxy) can't be found")
        case 51 where isAboutProxy, 60 where isAboutProxy:
            return untrusted("the proxy \(proxy)")
        case 7, 28:
            return FetchError(
                .connectionFailed,
                "the proxy \(proxy) established no connection to \(origin)",
                remedy: "Check the proxy in the environment (https_proxy, all_proxy), or add the host to no_proxy."
            )
        case _ where proxyStatus == 407:
            return FetchError(
                .connectionFailed,
                "the proxy \(proxy) refused the connection to \(origin) with status 407: it requires credentials",
                remedy: "Put the proxy's user name and password into the proxy URL (https_proxy, all_proxy).",
                isRetryable: false
            )
        case _ where proxyStatus >= 300:
            return FetchError(
                .connectionFailed,
                "the proxy \(proxy) refused the connection to \(origin) with status \(proxyStatus)"
            )
        case 97: return FetchError(.connectionFailed, "the proxy \(proxy) refused the connection to \(origin)")
        default: return nil
        }
    }
}

// Exceeded limits, unresolved names and shutdown.
extension CurlFailure {
    private func error(beyond excess: ResponseBuffer.Excess, for transfer: CurlTransfer) -> FetchError {
        let server = transfer.target.origin
        return switch excess {
        case .bodyBytes: transfer.request.responseTooLargeError
        case .headBytes:
            FetchError(
                .connectionFailed,
                "\(server) sent a head of more than \(configuration.headByteLimit) bytes"
            )
        case .headFields:
            FetchError(
                .connectionFailed,
                "\(server) sent a head of more than \(configuration.headFieldLimit) fields"
            )
        case .smallParts: FetchError(.connectionFailed, "\(server) sent its body in too many parts of a few bytes")
        }
    }

    static func tooMuchWork(for transfer: CurlTransfer) -> FetchError {
        FetchError(
            .connectionFailed,
            "the response of \(transfer.target.origin) took too much processor time"
        )
    }

    static func unknownHost(_ name: String, for transfer: CurlTransfer) -> FetchError {
        guard let proxy = transfer.target.proxyHost, name != transfer.target.origin.host else {
            return FetchError(.connectionFailed, "the host of \(transfer.target.origin) can't be found")
        }
        return FetchError(.connectionFailed, "the host of the proxy \(proxy) can't be found")
    }

    static func shutDown(_ transfer: CurlTransfer) -> FetchError {
        FetchError(
            .connectionFailed,
            "the transport was shut down before \(transfer.target.origin) responded",
            remedy: "Shut it down after the last request of its clients.",
            isRetryable: false
        )
    }
}

extension FetchError {
    fileprivate static func noSocket(for origin: Origin, _ error: Int32) -> Self {
        Self(
            .connectionFailed,
            "no socket can be opened for a connection to \(origin): \(SystemFailure(call: "socket", number: error).reason)",
            remedy: "Raise the limit on open files (ulimit -n), or lower connectionsPerHost or the client's limits."
        )
    }
}
