import FetchCore
import Testing
import TransportPeers

/// A server with which the TLS handshake fails, and the expected error.
struct TLSCase: Sendable, CustomTestStringConvertible {
    let name: String
    let settings: @Sendable (CertificateAuthority) throws -> TLSSettings
    let code: FetchError.Code
    /// The part of the message that names the cause.
    let cause: String

    var testDescription: String { name }

    private init(
        _ name: String,
        _ code: FetchError.Code,
        _ cause: String,
        _ settings: @escaping @Sendable (CertificateAuthority) throws -> TLSSettings
    ) {
        self.name = name
        self.settings = settings
        self.code = code
        self.cause = cause
    }

    /// Servers with a certificate that a client must not accept. The errors aren't retryable.
    static let invalidCertificates = [
        Self("expired", .untrustedServer, "expired") { TLSSettings(try $0.issue(until: .seconds(-60))) },
        Self("not yet valid", .untrustedServer, "isn't valid yet") { TLSSettings(try $0.issue(from: .seconds(600))) },
        Self("another host's name", .untrustedServer, "another host") {
            TLSSettings(try $0.issue(for: ["DNS:example.com"]))
        },
        Self("another address", .untrustedServer, "another host") { TLSSettings(try $0.issue(for: ["IP:192.0.2.1"])) },
        Self("a name with the host as its prefix", .untrustedServer, "another host") {
            TLSSettings(try $0.issue(for: ["DNS:127.0.0.1.example.com", "DNS:localhost"]))
        },
        Self("an unknown authority", .untrustedServer, "authority that this machine doesn't know") { _ in
            TLSSettings(try CertificateAuthority(name: "Another authority").issue())
        },
        Self("an unknown authority with a known one's name", .untrustedServer, "isn't signed by the authority") { _ in
            TLSSettings(try CertificateAuthority().issue())
        },
        Self("self-signed", .untrustedServer, "authority that this machine doesn't know") { _ in
            TLSSettings(try CertificateAuthority.selfSigned())
        },
    ]

    /// Servers with which the handshake fails for another reason. The errors are retryable.
    static let failedHandshakes = [
        Self("TLS 1.1 only", .connectionFailed, "doesn't support TLS 1.2 or later") {
            var settings = TLSSettings(try $0.issue())
            settings.versions = .tls11 ... .tls11
            return settings
        },
        Self("a client certificate is required, TLS 1.3", .connectionFailed, "requires a client certificate") {
            var settings = TLSSettings(try $0.issue())
            settings.requiresClientCertificate = true
            settings.versions = .tls13 ... .tls13
            return settings
        },
        // TLS 1.2 has no specific alert for a missing client certificate.
        Self("a client certificate is required, TLS 1.2", .connectionFailed, "refused the handshake") {
            var settings = TLSSettings(try $0.issue())
            settings.requiresClientCertificate = true
            settings.versions = .tls12 ... .tls12
            return settings
        },
    ]
}
