import FetchCore
import FetchCurl
import Foundation
import TransportPeers

/// A certificate authority with its certificate in a temporary file, which is removed on release.
final class TestAuthority: Sendable {
    let authority: CertificateAuthority
    let file: URL

    init() throws {
        authority = try CertificateAuthority()
        file = try authority.writeFile()
    }

    deinit { try? FileManager.default.removeItem(at: file) }

    /// Returns a transport that trusts only this authority.
    func transport(connectionLifetime: Duration = .seconds(60)) throws -> CurlTransport {
        try CurlTransport(.init(connectionLifetime: connectionLifetime, certificateAuthorities: file.path))
    }

    /// Returns the settings of a server with a valid certificate for this machine.
    func settings() throws -> TLSSettings { TLSSettings(try authority.issue()) }
}
