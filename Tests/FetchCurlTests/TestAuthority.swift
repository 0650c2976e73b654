import FetchCore
import FetchCurl
import Foundation
import TransportPeers

/// A certificate authority with its certificate in a file, which is removed in the end.
final class TestAuthority: Sendable {
    let authority: CertificateAuthority
    let file: URL

    init() throws {
        authority = try CertificateAuthority()
        file = try authority.writeFile()
    }

    deinit { try? FileManager.default.removeItem(at: file) }

    /// A transport that trusts this authority alone.
    func transport(connectionLifetime: Duration = .seconds(60)) throws -> CurlTransport {
        try CurlTransport(.init(connectionLifetime: connectionLifetime, certificateAuthorities: file.path))
    }

    /// The settings of a server with a valid certificate.
    func settings() throws -> TLSSettings { TLSSettings(try authority.issue()) }
}
