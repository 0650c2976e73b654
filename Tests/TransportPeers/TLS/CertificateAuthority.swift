package import Foundation

/// A certificate authority for tests, with a new ECDSA key (P-256).
package struct CertificateAuthority: Sendable {
    private let identity: ServerIdentity

    /// Creates an authority with a self-signed certificate.
    ///
    /// - Parameter name: The common name in its certificate. Authorities with equal names have different keys.
    /// - Throws: `OpenSSLFailure`.
    package init(name: String = "Authority of a test") throws {
        identity = try CertificateDraft(name: name, extensions: Self.extensions).signed(by: nil)
    }

    /// Issues a certificate.
    ///
    /// - Parameters:
    ///   - hosts: The subject alternative names, such as `DNS:localhost` and `IP:127.0.0.1`.
    ///   - start: The start of the validity period, relative to now.
    ///   - end: The end of the validity period, relative to now.
    /// - Returns: The certificate and its private key.
    /// - Throws: `OpenSSLFailure`.
    package func issue(
        for hosts: [String] = ["DNS:localhost", "IP:127.0.0.1"],
        from start: Duration = .seconds(-3600),
        until end: Duration = .seconds(3600)
    ) throws -> ServerIdentity {
        try Self.draft(for: hosts, from: start, until: end).signed(by: identity)
    }

    /// Returns a self-signed certificate for this machine with a current validity period.
    package static func selfSigned() throws -> ServerIdentity {
        try draft(for: ["DNS:localhost", "IP:127.0.0.1"], from: .seconds(-3600), until: .seconds(3600)).signed(by: nil)
    }

    /// Writes the authority's certificate to a temporary PEM file. The caller removes it.
    package func writeFile() throws -> URL {
        let file = FileManager.default.temporaryDirectory.appending(path: "authority-\(UUID().uuidString).pem")
        let base64 = Data(identity.certificate).base64EncodedString(options: .lineLength64Characters)
        let pem = "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n"
        try Data(pem.replacing("\r\n", with: "\n").utf8).write(to: file)
        return file
    }

    private static let extensions: [CertificateDraft.Extension] = [
        .init(kind: .basicConstraints, value: "critical,CA:TRUE"),
        .init(kind: .keyUsage, value: "critical,keyCertSign,cRLSign"),
    ]

    private static func draft(
        for hosts: [String],
        from start: Duration,
        until end: Duration
    ) -> CertificateDraft {
        var draft = CertificateDraft(
            name: "Server of a test",
            extensions: [
                .init(kind: .basicConstraints, value: "critical,CA:FALSE"),
                .init(kind: .subjectAlternativeName, value: hosts.joined(separator: ",")),
            ]
        )
        (draft.start, draft.end) = (start, end)
        return draft
    }
}
