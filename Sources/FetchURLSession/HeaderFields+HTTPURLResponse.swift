import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension HeaderFields {
    /// Creates the header fields of a response, sorted by name, since URLSession loses their order.
    init(_ response: HTTPURLResponse) {
        self.init()
        let fields = response.allHeaderFields.map { field in
            (field.key as? String ?? "\(field.key)", field.value as? String ?? "\(field.value)")
        }
        for (name, value) in fields.sorted(by: { $0.0 < $1.0 }) { append(name: name, value: value) }
    }
}
