import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension FetchResponse {
    /// What the session received, the fields in the order of their names, since the original one is lost.
    init(_ answer: URLSessionExchange.Answer) {
        var headers = HeaderFields()
        let fields = answer.response.allHeaderFields.map { field in
            (field.key as? String ?? "\(field.key)", field.value as? String ?? "\(field.value)")
        }
        for (name, value) in fields.sorted(by: { $0.0 < $1.0 }) { headers.append(name: name, value: value) }
        self.init(status: answer.response.statusCode, headers: headers, body: answer.body)
    }
}
