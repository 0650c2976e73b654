import FetchCore
import Testing
import TransportPeers

/// A server that TLS fails with, and the error that comes of it.
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

    /// Certificates that a client must not accept, however often it tries.
    static let verdicts = [
        Self("expired", .untrustedServer, "expired") { TLSSettings(try $0.issue(until: .seconds(-60))) },
        Self("not yet valid", .untrustedServer, "isn't valid yet") { TLSSettings(try $0.issue(from: .seconds(600))) },
        Self("another host's name", .untrustedServer, "another host") {
            TLSSettings(try $0.issue(for: ["DNS:example.com"]))
        },
        Self("another address", .untrustedServer, "another host") { TLSSettings(try $0.issue(for: ["IP:192.0.2.1"])) },
        Self("a name that only begins like the host", .untrustedServer, "another host") {
            TLSSettings(try $0.issue(for: ["DNS:127.0.0.1.example.com", "DNS:localhost"]))
        },
        Self("an unknown authority", .untrustedServer, "authority that this machine doesn't know") { _ in
            TLSSettings(try CertificateAuthority(name: "Another authority").issue())
        },
        Self("an unknown authority of a known one's name", .untrustedServer, "isn't signed by the authority") { _ in
            TLSSettings(try CertificateAuthority().issue())
        },
        Self("self-signed", .untrustedServer, "authority that this machine doesn't know") { _ in
            TLSSettings(try CertificateAuthority.selfSigned())
        },
    ]

    /// Handshakes that fail for another reason, which may pass.
    static let handshakes = [
        Self("TLS 1.1 only", .connectionFailed, "no version of TLS from 1.2 on") {
            var settings = TLSSettings(try $0.issue())
            settings.versions = .tls11 ... .tls11
            return settings
        },
        Self("a client certificate is wanted, TLS 1.3", .connectionFailed, "wants a client certificate") {
            var settings = TLSSettings(try $0.issue())
            settings.wantsClientCertificate = true
            settings.versions = .tls13 ... .tls13
            return settings
        },
        // TLS 1.2 has no alert of its own for it.
        Self("a client certificate is wanted, TLS 1.2", .connectionFailed, "refused the handshake") {
            var settings = TLSSettings(try $0.issue())
            settings.wantsClientCertificate = true
            settings.versions = .tls12 ... .tls12
            return settings
        },
    ]
}
