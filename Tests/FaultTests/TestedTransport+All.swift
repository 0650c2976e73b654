import FaultMatrix
import FetchCurl
import FetchURLSession

extension TestedTransport {
    static let urlSession = Self(.urlSession) { URLSessionTransport() }

    static let curl = Self(.curl) { try CurlTransport() }
}
