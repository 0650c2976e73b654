import FaultMatrix
import FetchURLSession

extension TestedTransport {
    static let urlSession = Self(.urlSession) { URLSessionTransport() }
}
