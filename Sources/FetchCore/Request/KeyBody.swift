import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A cache for the JSON body of requests whose body contains only the key.
final class KeyBody: Sendable {
    private let field: String
    /// The body for the latest key. Most providers have a single key.
    private let latest = Mutex<(key: APIKey, data: Data)?>(nil)

    /// Creates an empty cache.
    ///
    /// - Parameter field: The name of the member that contains the key.
    init(field: String) { self.field = field }

    /// Returns the body with a key.
    func data(with key: APIKey) -> Data {
        latest.withLock { latest in
            if let latest, latest.key == key { return latest.data }
            let data = Self.data(field: field, key)
            latest = (key, data)
            return data
        }
    }

    /// Returns the body with a key, without caching it.
    static func data(field: String, _ key: APIKey) -> Data {
        var writer = JSONWriter()
        writer.write(field, key.secret)
        // The generic initializer for sequences is several times slower.
        var text = writer.text
        return text.withUTF8 { Data(buffer: $0) }
    }
}
