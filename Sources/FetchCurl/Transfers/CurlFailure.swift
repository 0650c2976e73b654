import FetchCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The reason why libcurl gave no response, as an error that quotes neither the server nor the request.
struct CurlFailure {
    /// libcurl's code for a connection of HTTP/2 that can't be used any more.
    static let brokenHTTP2: Int32 = 16
    /// libcurl's code for a response that breaks off.
    static let brokenOff: Int32 = 18

    private let code: Int32
    /// libcurl's words and those of its TLS library, in small letters.
    private let words: String
    private let certificateVerdict: Int
    private let proxyStatus: Int
    /// True if the certificate is that of a proxy.
    private let isAboutProxy: Bool
    private let excess: ResponseBuffer.Excess?
    /// The system's error where it gave no socket.
    private let socketError: Int32?
    private let configuration: CurlTransport.Configuration

    init(of handle: CurlHandle, code: Int32, configuration: CurlTransport.Configuration) {
        self.code = code
        socketError = handle.socketError
        words = handle.errorWords.lowercased()
        let proxyVerdict = handle.easy.value(of: CurlInfo.proxyCertificateVerdict)
        isAboutProxy = proxyVerdict != 0
        certificateVerdict = isAboutProxy ? proxyVerdict : handle.easy.value(of: CurlInfo.certificateVerdict)
        proxyStatus = handle.easy.value(of: CurlInfo.proxyConnectCode)
        excess = handle.response.excess
        self.configuration = configuration
    }

    /// A failure as libcurl states it.
    init(
        code: Int32,
        words: String,
        certificateVerdict: Int = 0,
        proxyStatus: Int = 0,
        configuration: CurlTransport.Configuration = CurlTransport.Configuration()
    ) {
        self.code = code
        self.words = words.lowercased()
        self.certificateVerdict = certificateVerdict
        self.proxyStatus = proxyStatus
        self.configuration = configuration
        isAboutProxy = false
        excess = nil
        socketError = nil
    }

    /// True if no connection came about, so that the server's name may have other addresses by now.
    var isUnreachable: Bool { socketError == nil && (code == 7 || code == 28) }

    func error(for transfer: CurlTransfer) -> FetchError {
        if let excess { return error(beyond: excess, for: transfer) }
        return error(from: transfer.target.origin, proxy: transfer.target.proxyHost, request: transfer.request)
    }

    /// The error for a request to a server, through a proxy if there is one.
    func error(from origin: Origin, proxy: String?, request: FetchRequest) -> FetchError {
        if code == 7, let socketError { return .noSocket(for: origin, socketError) }
        if let proxy, let error = error(ofProxy: proxy, to: origin) { return error }
        let server = origin.description
        switch code {
        case 3: return FetchError(.malformedEndpoint, "libcurl can't read the URL of the request to \(server)")
        case 5, 6: return FetchError(.connectionFailed, "the host of \(server) can't be found")
        case 7: return FetchError(.connectionFailed, "\(server) can't be reached, or refused the connection")
        case 28: return FetchError(.connectionFailed, "\(server) gave no connection within \(connectTimeout)")
        case 51, 60, 83, 91: return untrusted(server)
        // The signature of the certificate is wrong: OpenSSL reports the error of its parser and no verdict.
        case 35 where words.contains("asn1 encoding routines"): return untrusted(server)
        case 77:
            return noAuthorities(for: server)
        case 63: return request.responseTooLargeError
        default: break
        }
        if let cause = handshakeCause {
            return FetchError(.connectionFailed, "\(server) and this machine agreed on no secure connection: \(cause)")
        }
        let story =
            switch code {
            case 1, 8: "\(server) gave no proper HTTP response"
            case 16, 92: "\(server) broke the rules of HTTP/2, or ended the request"
            case 18: "\(server) broke off within its response"
            // A line is limited, and older versions call that a lack of memory.
            case 27, 100: "\(server) sent a line that is too long, or there is no memory"
            case 35: "\(server) and this machine agreed on no secure connection"
            case 52: "\(server) closed the connection without a response"
            case 55, 56: "the connection to \(server) was lost"
            case 61: "\(server) sent a body in an encoding that can't be undone"
            default: "the request to \(server) or its response was lost"
            }
        return FetchError(.connectionFailed, "\(story) (libcurl's error \(code))")
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
            remedy: "Install them (ca-certificates), or name a file of your own with SSL_CERT_FILE."
        )
    }

    private func untrusted(_ server: String) -> FetchError {
        FetchError(.untrustedServer, "\(server) isn't trusted: \(verdict.cause)", remedy: verdict.remedy)
    }

    /// The cause by OpenSSL's verdict (`X509_V_ERR_…` in x509_vfy.h), or by the words of other libraries.
    private var verdict: (cause: String, remedy: String) {
        switch certificateVerdict {
        case 9: return Self.notYetValid
        case 10: return Self.expired
        case 18, 19, 20, 21: return Self.unknownAuthority
        case 62: return Self.wrongHost
        default: break
        }
        func mentions(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if mentions("asn1 encoding routines") { return Self.wrongSignature }
        if mentions("not yet valid", "not yet activated") { return Self.notYetValid }
        if mentions("expired") { return Self.expired }
        if mentions("subject name", "does not match", "no alternative", "host name", "hostname") {
            return Self.wrongHost
        }
        if mentions("issuer", "self-signed", "self signed", "unknown ca", "authority") { return Self.unknownAuthority }
        return ("its certificate isn't valid", "Check the URL, this machine's clock and its certificate authorities.")
    }

    private static let notYetValid = (
        "its certificate isn't valid yet", "Check this machine's clock."
    )
    private static let expired = (
        "its certificate has expired", "Check this machine's clock; otherwise the server has to be mended."
    )
    private static let wrongHost = (
        "its certificate is for another host", "Check the URL."
    )
    private static let wrongSignature = (
        "its certificate isn't signed by the authority that it names", "Check the URL and the certificate authorities."
    )
    private static let unknownAuthority = (
        "its certificate is from an authority that this machine doesn't know",
        "Install the system's certificate authorities (ca-certificates), or name your own with SSL_CERT_FILE."
    )

    /// The cause of a handshake that failed for another reason than the certificate; it may succeed another time.
    private var handshakeCause: String? {
        guard [35, 55, 56, 58, 59, 98].contains(code) else { return nil }
        func mentions(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if code == 98 || mentions("certificate required") { return "it wants a client certificate" }
        if mentions("protocol version", "unsupported protocol", "wrong version number", "no protocols available") {
            return mentions("wrong version number")
                ? "it doesn't speak TLS" : "it has no version of TLS from 1.2 on"
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

// Proxies.
extension CurlFailure {
    private func error(ofProxy proxy: String, to origin: Origin) -> FetchError? {
        switch code {
        case 5: return FetchError(.connectionFailed, "the host of the proxy \(proxy) can't be found")
        case 51 where isAboutProxy, 60 where isAboutProxy:
            return untrusted("the proxy \(proxy)")
        case 7, 28:
            return FetchError(
                .connectionFailed,
                "the proxy \(proxy) gave no connection to \(origin)",
                remedy: "Check the environment's proxy (https_proxy, all_proxy), or add the host to no_proxy."
            )
        case _ where proxyStatus == 407:
            return FetchError(
                .connectionFailed,
                "the proxy \(proxy) refused the connection to \(origin) with the status 407: it wants credentials",
                remedy: "Put the proxy's user name and password into the URL that names it (https_proxy, all_proxy).",
                isRetryable: false
            )
        case _ where proxyStatus >= 300:
            return FetchError(
                .connectionFailed,
                "the proxy \(proxy) refused the connection to \(origin) with the status \(proxyStatus)"
            )
        case 97: return FetchError(.connectionFailed, "the proxy \(proxy) refused the connection to \(origin)")
        default: return nil
        }
    }
}

// Limits, and the end of the transport.
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
        case .smallParts: FetchError(.connectionFailed, "\(server) sent its body in parts of a few bytes")
        }
    }

    static func tooMuchWork(for transfer: CurlTransfer) -> FetchError {
        FetchError(
            .connectionFailed,
            "the response of \(transfer.target.origin) took more computing than any proper one does"
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
            "the system gave no socket for a connection to \(origin): \(String(cString: strerror(error)))",
            remedy: "Raise the limit of open files (ulimit -n), or lower connectionsPerHost or the client's limits."
        )
    }
}
