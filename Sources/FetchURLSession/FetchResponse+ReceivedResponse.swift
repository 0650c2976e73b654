import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension FetchResponse {
    /// Creates a response from one of the session.
    init(_ received: URLSessionExchange.ReceivedResponse) {
        self.init(status: received.head.statusCode, headers: HeaderFields(received.head), body: received.body)
    }
}
