import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The key of an HMAC. Printing, dumping or reflecting it shows `[redacted]`.
struct SecretKey: Sendable {
    private let key: SymmetricKey

    init(_ bytes: some Sequence<UInt8>) { key = SymmetricKey(data: Array(bytes)) }

    /// Returns the HMAC-SHA256 of several parts, one after the other. It is compared in constant time by `==`.
    func code(for parts: [Data]) -> HMAC<SHA256>.MAC {
        var code = HMAC<SHA256>(key: key)
        for part in parts { code.update(data: part) }
        return code.finalize()
    }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "[redacted]" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
