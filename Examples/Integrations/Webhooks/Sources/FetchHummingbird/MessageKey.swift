import Crypto

/// The digest of a message's id, its source and its tenant. It takes 16 bytes, however long the id is.
struct MessageKey: Sendable, Hashable {
    private let high: UInt64
    private let low: UInt64

    init(source: String, tenant: String?, id: String) {
        var hash = SHA256()
        // The lengths keep the parts apart.
        for part in [source, tenant ?? "", id] {
            hash.update(data: Array("\(part.utf8.count):".utf8))
            hash.update(data: Array(part.utf8))
        }
        let bytes = Array(hash.finalize())
        high = bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
