/// The settings with which a TLS peer greets its clients.
package struct TLSSettings: Sendable {
    /// A version of the protocol, as OpenSSL numbers it.
    package enum Version: Int, Sendable {
        case tls11 = 0x0302
        case tls12 = 0x0303
        case tls13 = 0x0304
    }

    /// The certificate that is presented.
    package var identity: ServerIdentity
    /// The versions that are spoken.
    package var versions: ClosedRange<Version> = .tls12 ... .tls13
    /// Whether HTTP/2 is chosen if the client offers it. HTTP/1.1 otherwise.
    package var choosesHTTP2 = false
    /// Whether a client without a certificate is refused.
    package var wantsClientCertificate = false

    /// Creates the settings of an ordinary server of HTTP/1.1.
    package init(_ identity: ServerIdentity) { self.identity = identity }
}

extension TLSSettings.Version: Comparable {
    /// Orders by age, the oldest first.
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
