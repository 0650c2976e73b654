import FetchCore
import FetchCurl
import FetchURLSession

/// The transport that a soak's client uses.
package enum SoakTransport: String, CaseIterable, Codable, Sendable {
    case curl
    case urlSession = "urlsession"

    /// The transport of the platform's guides: libcurl on Linux, URLSession elsewhere.
    package static var standard: Self {
        #if os(Linux)
            .curl
        #else
            .urlSession
        #endif
    }

    /// Creates a transport whose connections are closed when it is released.
    ///
    /// - Throws: `FetchError` if libcurl is missing.
    func transport() throws -> any FetchTransport {
        switch self {
        case .curl: try CurlTransport()
        case .urlSession: URLSessionTransport()
        }
    }
}
