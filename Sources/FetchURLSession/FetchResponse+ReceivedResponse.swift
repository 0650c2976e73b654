import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension FetchResponse {
    /// Creates a response from one of the session. Its header fields are sorted by name, since URLSession loses their
    /// order.
    init(_ received: URLSessionExchange.ReceivedResponse) {
        var headers = HeaderFields()
        let fields = received.head.allHeaderFields.map { field in
            (field.key as? String ?? "\(field.key)", field.value as? String ?? "\(field.value)")
        }
        for (name, value) in fields.sorted(by: { $0.0 < $1.0 }) { headers.append(name: name, value: value) }
        self.init(status: received.head.statusCode, headers: headers, body: received.body)
    }
}
