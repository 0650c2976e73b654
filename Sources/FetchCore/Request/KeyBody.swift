import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The JSON body of requests that have nothing but the key in it, written once for each key.
final class KeyBody: Sendable {
    private let field: String
    /// The last key, since a provider mostly has one, and its body.
    private let latest = Mutex<(key: APIKey, data: Data)?>(nil)

    /// - Parameter field: The member that holds the key.
    init(field: String) { self.field = field }

    /// The body with a key.
    func data(with key: APIKey) -> Data {
        latest.withLock { latest in
            if let latest, latest.key == key { return latest.data }
            let data = Self.data(field: field, key)
            latest = (key, data)
            return data
        }
    }

    /// The body of one request alone.
    static func data(field: String, _ key: APIKey) -> Data {
        var writer = JSONWriter()
        writer.write(field, key.secret)
        // The general initialiser for sequences costs several times as much.
        var text = writer.text
        return text.withUTF8 { Data(buffer: $0) }
    }
}
