package import FetchCore
package import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension FetchError {
    /// What URLSession's error means. Of the URL, only scheme, host and port are told; URLSession's own words and
    /// `userInfo`, which holds the URL with its query, are not.
    package init(_ error: any Error, from url: URL) {
        let origin = try? Origin(of: url)
        let server = origin?.description ?? "the server"
        guard let error = error as? URLError else {
            let error = error as NSError
            self.init(.connectionFailed, "the request to \(server) failed (\(error.domain) \(error.code))")
            return
        }
        switch error.code {
        case .timedOut: self.init(.requestTimeout, "\(server) didn't answer in time")
        case _ where error.isAboutTrust:
            self.init(
                .untrustedServer,
                "\(server) isn't trusted: there is no secure connection, or its certificate isn't valid "
                    + "(URLError \(error.code.rawValue))",
                remedy: "Check the URL, this machine's clock and its root certificates."
            )
        case .unsupportedURL where origin != nil:
            // On Linux, this is also what an answer gets that isn't HTTP/1 at all.
            self.init(.connectionFailed, URLError.Code.badServerResponse.story(of: server))
        case .badURL, .unsupportedURL, .appTransportSecurityRequiresSecureConnection, .dataLengthExceedsMaximum:
            self.init(
                .malformedEndpoint,
                "URLSession can't send the request to \(server) (URLError \(error.code.rawValue))"
            )
        default: self.init(.connectionFailed, error.code.story(of: server))
        }
    }
}

extension URLError {
    fileprivate var isAboutTrust: Bool {
        switch code {
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            return true
        case .unknown:
            // Linux has no code for these and says what happened in curl's words, or in those of the TLS library.
            let words = localizedDescription.lowercased()
            return ["certificate", "ssl routines", "wrong version number"].contains { words.contains($0) }
        default: return false
        }
    }
}

extension URLError.Code {
    fileprivate func story(of server: String) -> String {
        switch self {
        case .cannotFindHost, .dnsLookupFailed: "the host of \(server) can't be found"
        case .cannotConnectToHost: "\(server) can't be reached, or refused the connection"
        case .networkConnectionLost: "the connection to \(server) was lost"
        case .notConnectedToInternet, .dataNotAllowed, .internationalRoamingOff, .callIsActive:
            "\(server) can't be reached, since this machine isn't connected to the network"
        case .badServerResponse, .cannotParseResponse, .zeroByteResource, .cannotDecodeContentData,
            .cannotDecodeRawData:
            "\(server) broke off, or gave no proper HTTP response"
        default: "the request to \(server) or its answer was lost (URLError \(rawValue))"
        }
    }
}
