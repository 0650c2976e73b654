package import Foundation

/// A certificate authority that exists for a test, with a key of its own (ECDSA, P-256).
package struct CertificateAuthority: Sendable {
    private let identity: ServerIdentity

    /// Creates an authority.
    ///
    /// - Parameter name: The common name in its certificate. Two authorities of one name are still two.
    package init(name: String = "Authority of a test") throws {
        identity = try CertificateDraft(name: name, extensions: Self.extensions).signed(by: nil)
    }

    /// Issues a certificate.
    ///
    /// - Parameters:
    ///   - hosts: The names and addresses that it is valid for, such as `DNS:localhost` and `IP:127.0.0.1`.
    ///   - start: The beginning of its validity, from now.
    ///   - end: The end of its validity, from now.
    package func issue(
        for hosts: [String] = ["DNS:localhost", "IP:127.0.0.1"],
        from start: Duration = .seconds(-3600),
        until end: Duration = .seconds(3600)
    ) throws -> ServerIdentity {
        try Self.draft(for: hosts, from: start, until: end).signed(by: identity)
    }

    /// Returns a valid certificate for this machine that no authority has signed but its own key.
    package static func selfSigned() throws -> ServerIdentity {
        try draft(for: ["DNS:localhost", "IP:127.0.0.1"], from: .seconds(-3600), until: .seconds(3600)).signed(by: nil)
    }

    /// The authority's certificate in a file for clients, as PEM. The caller removes it.
    package func writeFile() throws -> URL {
        let file = FileManager.default.temporaryDirectory.appending(path: "authority-\(UUID().uuidString).pem")
        let text = Data(identity.certificate).base64EncodedString(options: .lineLength64Characters)
        let pem = "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n"
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
