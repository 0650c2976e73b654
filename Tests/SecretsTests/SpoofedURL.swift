import Foundation
import Testing

/// A URL from a server or tenant that resembles one of `api.example.com`.
struct SpoofedURL: CustomTestStringConvertible, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    var testDescription: String { text }

    /// The parsed URL; nil if the string is not a URL, so that no request is possible.
    var url: URL? { URL(string: text) }

    /// URLs with the path of a job whose origin is neither `https://api.example.com` nor below a domain of the
    /// provider.
    static let foreign = [
        // Other hosts, some with the provider's host as prefix, suffix or part.
        "https://evil.org", "https://api.example.com.evil.org", "https://evil.org.api.example.co",
        "https://api-example.com", "https://apiexample.com", "https://notexample.com", "https://xapi.example.comm",
        "https://example.com.", "https://api.example.com.", "https://api.example.com..",
        "https://.api.example.com.evil.org",
        // User names.
        "https://api.example.com@evil.org", "https://api.example.com:443@evil.org",
        "https://api.example.com%2F@evil.org",
        "https://api.example.com:x@evil.org", "https://@evil.org", "https://evil.org@api.example.com",
        "https://u:p@api.example.com", "https://:@api.example.com", "https://@api.example.com",
        // Characters that end the host for some parsers and not for others.
        "https://evil.org\\@api.example.com", "https://api.example.com\\@evil.org",
        "https://evil.org\\.api.example.com",
        "https://evil.org%2F.api.example.com", "https://evil.org%5C.api.example.com",
        "https://evil.org%23.api.example.com",
        "https://evil.org%3F.api.example.com", "https://evil.org%40api.example.com",
        "https://evil.org%00.api.example.com",
        "https://evil.org#@api.example.com", "https://evil.org?@api.example.com", "https://evil.org;api.example.com",
        "https://evil.org&api.example.com", "https://evil.org,api.example.com", "https://evil.org .api.example.com",
        "https://evil.org\t.api.example.com", "https://evil.org\n.api.example.com", "https://evil.org／.api.example.com",
        "https://evil.org。api.example.com.evil.org", "https://api.example.com%E3%80%82evil.org",
        "https://api%2Eexample.com", "https://%61pi.example.com", "https://api.exаmple.com", "https://api.еxample.com",
        // Ports.
        "https://api.example.com:8443", "https://api.example.com:80", "https://api.example.com:65979",
        "https://api.example.com:0", "https://api.example.com:-443", "https://api.example.com:443:443",
        "https://api.example.com:443@evil.org:443", "https://api.example.com:４４３",
        // Other schemes and missing schemes.
        "http://api.example.com", "http://api.example.com:443", "ftp://api.example.com", "ws://api.example.com",
        "//api.example.com", "https:api.example.com", "https:/api.example.com", "https:///api.example.com",
        "javascript://api.example.com", "file://api.example.com",
        // IP addresses.
        "https://127.0.0.1", "https://2130706433", "https://0x7f.1", "https://0177.0.0.1", "https://169.254.169.254",
        "https://[::1]", "https://[::ffff:127.0.0.1]", "https://[0:0:0:0:0:0:0:1]",
        "https://[fe80::1%25api.example.com]",
        "https://[::1]api.example.com", "https://[api.example.com]", "https://[v1.api.example.com]",
        "http://[::1]:80@evil.org", "https://[::1].api.example.com",
    ].map { SpoofedURL($0 + "/v1/jobs/2") }

    /// Equivalent notations of `https://api.example.com`.
    static let sameOrigin = [
        "https://api.example.com", "HTTPS://API.Example.COM", "https://api.example.com:443",
        "https://api.example.com:0443",
        "https://api.example.com:",
    ].map { SpoofedURL($0 + "/v1/jobs/2") }

    /// URLs below the provider's domain `example.com`.
    static let subdomains = ["https://eu.api.example.com", "https://EU.example.com:443", "https://example.com"].map {
        SpoofedURL($0 + "/v1/jobs/2")
    }
}
