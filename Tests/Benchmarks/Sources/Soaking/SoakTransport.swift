import FetchCore
import FetchCurl
import FetchURLSession

/// The transport of a soak run's client.
package enum SoakTransport: String, CaseIterable, Codable, Sendable {
    case curl
    case urlSession = "urlsession"

    /// The recommended transport of the platform: curl on Linux, URLSession elsewhere.
    package static var standard: Self {
        #if os(Linux)
            .curl
        #else
            .urlSession
        #endif
    }

    /// Creates a transport that closes its connections when it is released.
    ///
    /// - Throws: `FetchError` if libcurl is missing.
    func transport() throws -> any FetchTransport {
        switch self {
        case .curl: try CurlTransport()
        case .urlSession: URLSessionTransport()
        }
    }
}
