package import FetchCore
package import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension FetchError {
    /// Creates the equivalent of an error of URLSession. Of the URL, the error contains only the scheme, the host and
    /// the port. It contains neither URLSession's message nor its `userInfo`, which holds the URL with its query.
    package init(_ error: any Error, from url: URL) {
        self.init(error, from: url, isSandboxed: AppSandbox.isActive)
    }

    /// Creates the equivalent of an error of URLSession. `isSandboxed` adds the remedy for the App Sandbox of macOS.
    package init(_ error: any Error, from url: URL, isSandboxed: Bool) {
        let origin = try? Origin(of: url)
        let server = origin?.description ?? "the server"
        guard let error = error as? URLError else {
            let error = error as NSError
            self.init(.connectionFailed, "the request to \(server) failed (\(error.domain) \(error.code))")
            return
        }
        let cause = StreamCause(of: error)
        if let failure = error.tlsFailure(cause) {
            self.init(failure, of: server, code: cause?.code ?? error.code.rawValue)
            return
        }
        switch error.code {
        case .timedOut: self.init(.requestTimeout, "\(server) didn't respond in time")
        case .unsupportedURL where origin != nil:
            // On Linux, this is also the error for a response that isn't HTTP/1.
            self.init(.connectionFailed, URLError.Code.badServerResponse.message(for: server))
        case .appTransportSecurityRequiresSecureConnection:
            self.init(
                .malformedEndpoint,
                "App Transport Security doesn't allow plain http to \(server) (URLError \(error.code.rawValue))",
                remedy: "Use https, or add an exception under NSAppTransportSecurity in the app's Info.plist: "
                    + "NSExceptionDomains, or NSAllowsLocalNetworking for this machine and the local network."
            )
        case .badURL, .unsupportedURL, .dataLengthExceedsMaximum:
            self.init(
                .malformedEndpoint,
                "URLSession can't send the request to \(server) (URLError \(error.code.rawValue))"
            )
        default:
            self.init(
                .connectionFailed,
                error.code.message(for: server),
                remedy: error.code.canResultFromSandbox && (isSandboxed || cause?.looksLikeSandbox == true)
                    ? "If the app is sandboxed, add the entitlement com.apple.security.network.client." : nil
            )
        }
    }

    private init(_ failure: TLSFailure, of server: String, code: Int) {
        switch failure {
        case .certificate(let problem):
            self.init(
                .untrustedServer,
                "\(server) isn't trusted: \(problem) (error \(code))",
                remedy: "Check the URL, this machine's clock and its root certificates."
            )
        case .transportSecurity:
            self.init(
                .untrustedServer,
                "\(server) doesn't meet the requirements of App Transport Security (error \(code))",
                remedy: "Enable TLS 1.2 with forward secrecy on the server, or add an exception for the host under "
                    + "NSAppTransportSecurity in the app's Info.plist."
            )
        case .handshake:
            self.init(.connectionFailed, "no secure connection to \(server) could be established (error \(code))")
        }
    }
}

extension URLError {
    /// Returns the cause of a failed handshake, or `nil` if the error isn't about TLS.
    ///
    /// The codes from -1201 to -1206 are about certificates (`NSURLError.h`). -1200, "secure connection failed", is the
    /// code of every other failure of the handshake, including temporary ones: a watch whose iPhone has no network
    /// reports it with the cause -9816 (Apple's developer forums, thread 831294). For this code, the underlying cause
    /// decides.
    fileprivate func tlsFailure(_ cause: StreamCause?) -> TLSFailure? {
        switch code {
        case .serverCertificateHasBadDate:
            .certificate(cause?.tlsFailure?.certificateProblem ?? "its certificate has expired or isn't valid yet")
        case .serverCertificateUntrusted:
            .certificate(
                cause?.tlsFailure?.certificateProblem
                    ?? "its certificate is for another host, or its authority isn't trusted"
            )
        case .serverCertificateHasUnknownRoot: .certificate("the authority of its certificate is unknown")
        case .serverCertificateNotYetValid: .certificate("its certificate isn't valid yet")
        case .clientCertificateRejected: .certificate("it rejected the client's certificate")
        case .clientCertificateRequired: .certificate("it requires a client certificate")
        case .secureConnectionFailed: cause?.tlsFailure ?? .handshake
        case .unknown: TLSFailure(message: localizedDescription)
        default: nil
        }
    }
}

extension URLError.Code {
    /// True if a sandbox without network access can cause the error.
    fileprivate var canResultFromSandbox: Bool {
        switch self {
        case .cannotFindHost, .dnsLookupFailed, .cannotConnectToHost, .notConnectedToInternet, .unknown: true
        default: false
        }
    }

    fileprivate func message(for server: String) -> String {
        switch self {
        case .cannotFindHost, .dnsLookupFailed: "the host of \(server) can't be found"
        case .cannotConnectToHost: "\(server) can't be reached or refused the connection"
        case .networkConnectionLost: "the connection to \(server) was lost"
        case .notConnectedToInternet, .dataNotAllowed, .internationalRoamingOff, .callIsActive:
            "\(server) can't be reached, since this machine isn't connected to the network"
        case .badServerResponse, .cannotParseResponse, .zeroByteResource, .cannotDecodeContentData,
            .cannotDecodeRawData:
            "the response of \(server) is incomplete or isn't HTTP"
        default: "the request to \(server) or its response was lost (URLError \(rawValue))"
        }
    }
}
