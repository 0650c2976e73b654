import Foundation

/// All strings that a value gives when it is printed, dumped, reflected, localized or encoded.
package struct Disclosure: Sendable {
    package private(set) var texts: Set<String> = []

    /// The objects already reflected. They may reference each other.
    private var visited: Set<ObjectIdentifier> = []

    /// Collects the strings of a value.
    package init(of value: Any) {
        var dumped = ""
        dump(value, to: &dumped)
        self.init(of: value, dumped: dumped)
    }

    /// Collects the strings of a value whose output of `dump` is given.
    package init(of value: Any, dumped: String) {
        texts.insert("\(value)")
        texts.insert(String(reflecting: value))
        texts.insert(String(describing: Optional(value)))
        texts.insert(String(reflecting: [value]))
        texts.insert(dumped)
        reflect(value, depth: 0)
        if let error = value as? any Error {
            texts.insert(error.localizedDescription)
            texts.insert("\(error as NSError)")
            texts.insert("\((error as NSError).userInfo)")
        }
        if let error = value as? any LocalizedError {
            texts.formUnion([error.errorDescription, error.failureReason, error.recoverySuggestion].compactMap(\.self))
        }
        if let value = value as? any Encodable, let data = try? JSONEncoder().encode([AnyEncodable(value)]) {
            texts.insert(String(decoding: data, as: UTF8.self))
        }
    }

    /// Returns true if any of the strings contains the key, in any of the escaping styles.
    package func contains(_ key: String) -> Bool {
        EscapingStyle.contains(key, in: texts.joined(separator: "\n"))
    }

    private mutating func reflect(_ value: Any, depth: Int) {
        guard depth < 24 else { return }
        if type(of: value) is AnyClass, !visited.insert(ObjectIdentifier(value as AnyObject)).inserted { return }
        if let bytes = value as? any Sequence<UInt8> { texts.insert(String(decoding: Array(bytes), as: UTF8.self)) }
        var mirror: Mirror? = Mirror(reflecting: value)
        if value is any CustomStringConvertible || mirror?.children.isEmpty == true { texts.insert("\(value)") }
        while let current = mirror {
            for child in current.children {
                if let label = child.label { texts.insert(label) }
                reflect(child.value, depth: depth + 1)
            }
            mirror = current.superclassMirror
        }
    }

    private struct AnyEncodable: Encodable {
        let value: any Encodable

        init(_ value: any Encodable) { self.value = value }

        func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
    }
}
