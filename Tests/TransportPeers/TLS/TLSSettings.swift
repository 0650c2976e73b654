/// The handshake options of a TLS peer.
package struct TLSSettings: Sendable {
    /// A protocol version, with its number in OpenSSL and on the wire.
    package enum Version: Int, Sendable {
        case tls11 = 0x0302
        case tls12 = 0x0303
        case tls13 = 0x0304
    }

    /// The certificate to present, with its private key.
    package var identity: ServerIdentity
    /// The supported versions. Defaults to TLS 1.2 and 1.3.
    package var versions: ClosedRange<Version> = .tls12 ... .tls13
    /// True if the peer selects HTTP/2 when the client offers it, instead of HTTP/1.1. Defaults to false.
    package var choosesHTTP2 = false
    /// True if the peer refuses clients without a certificate. Defaults to false.
    package var requiresClientCertificate = false

    /// Creates the settings of an HTTP/1.1 server with a given certificate.
    package init(_ identity: ServerIdentity) { self.identity = identity }
}

extension TLSSettings.Version: Comparable {
    /// Orders versions from oldest to newest.
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
