import Foundation

/// The cause of a failed TLS handshake, as reported by URLSession.
enum TLSFailure {
    /// A rejected certificate, the server's or the client's, with the problem as a phrase. Not retryable.
    case certificate(String)

    /// The server doesn't meet the requirements of App Transport Security. Not retryable.
    case transportSecurity

    /// Any other failure, such as an alert or a lost connection. Retryable.
    case handshake

    /// Creates the cause from a status of Secure Transport. `nil` if the status isn't one.
    ///
    /// The names and values are those of `Security/SecureTransport.h` (`errSSL…`).
    init?(status: Int) {
        switch status {
        case -9807: self = .certificate("its certificate chain isn't valid")  // errSSLXCertChainInvalid
        case -9808: self = .certificate("its certificate isn't well formed")  // errSSLBadCert
        case -9812, -9813:  // errSSLUnknownRootCert, errSSLNoRootCert
            self = .certificate("the authority of its certificate is unknown")
        case -9814: self = .certificate("its certificate has expired")  // errSSLCertExpired
        case -9815: self = .certificate("its certificate isn't valid yet")  // errSSLCertNotYetValid
        // errSSLPeerBadCert, …UnsupportedCert, …CertRevoked, …CertExpired, …CertUnknown, …UnknownCA, …AccessDenied:
        // alerts from the server about the client's certificate.
        case -9829 ... -9825, -9832, -9831: self = .certificate("it rejected the client's certificate")
        // errSSLClientCertRequested, errSSLCertificateRequired
        case -9842, -9863: self = .certificate("it requires a client certificate")
        case -9843: self = .certificate("its certificate is for another host")  // errSSLHostNameMismatch
        // errSSLBadCertificateStatusResponse
        case -9862: self = .certificate("the status of its certificate can't be verified")
        case -9886 ... -9880: self = .transportSecurity  // errSSLATSViolation … errSSLATSCertificateTrustViolation
        case -9899 ... -9800: self = .handshake
        default: return nil
        }
    }

    /// Creates the cause from a message of libcurl or its TLS library. `nil` if the message isn't about TLS.
    ///
    /// On Linux, URLSession reports every TLS failure with the code `unknown`. The message is the only information
    /// about the cause.
    init?(message: String) {
        let message = message.lowercased()
        func contains(_ parts: String...) -> Bool { parts.contains { message.contains($0) } }
        if contains("alert unknown ca", "alert access denied", "alert bad certificate", "alert unsupported certificate")
            || contains("alert certificate revoked", "alert certificate expired", "alert certificate unknown")
        {
            self = .certificate("it rejected the client's certificate")
        } else if contains("certificate required") {
            self = .certificate("it requires a client certificate")
        } else if contains("certificate") {
            switch message {
            case _ where contains("expired"): self = .certificate("its certificate has expired")
            case _ where contains("not yet valid"): self = .certificate("its certificate isn't valid yet")
            case _ where contains("subject name", "does not match"):
                self = .certificate("its certificate is for another host")
            case _ where contains("self-signed", "self signed", "issuer certificate"):
                self = .certificate("the authority of its certificate is unknown")
            default: self = .certificate("its certificate isn't valid")
            }
        } else if contains("ssl routines", "wrong version number", "ssl_error", "gnutls", "tls connect error") {
            self = .handshake
        } else {
            return nil
        }
    }

    /// The problem of a certificate as a phrase. `nil` for any other cause.
    var certificateProblem: String? {
        if case .certificate(let problem) = self { problem } else { nil }
    }
}
