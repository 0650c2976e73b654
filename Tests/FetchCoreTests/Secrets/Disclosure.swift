import FetchCore
import Foundation

/// All that a value says of itself to anyone who prints, dumps, reflects, localizes or encodes it.
struct Disclosure {
    private(set) var texts: [String] = []

    init(of value: Any) {
        texts.append("\(value)")
        texts.append(String(reflecting: value))
        texts.append(String(describing: Optional(value)))
        texts.append(String(reflecting: [value]))
        var dumped = ""
        dump(value, to: &dumped)
        texts.append(dumped)
        reflect(value, depth: 0)
        if let error = value as? any Error {
            texts.append(error.localizedDescription)
            texts.append("\(error as NSError)")
            texts.append("\((error as NSError).userInfo)")
        }
        if let error = value as? any LocalizedError {
            texts += [error.errorDescription, error.failureReason, error.recoverySuggestion].compactMap(\.self)
        }
        if let value = value as? any Encodable, let data = try? JSONEncoder().encode([Box(value)]) {
            texts.append(String(decoding: data, as: UTF8.self))
        }
    }

    /// Whether the key stands in any of the texts, in any of the spellings that are in use.
    func shows(_ key: String) -> Bool {
        let spellings = Spelling.all.map { $0.write(key) }
        return texts.contains { text in spellings.contains { text.contains($0) } }
    }

    private mutating func reflect(_ value: Any, depth: Int) {
        guard depth < 24 else { return }
        if let bytes = value as? any Sequence<UInt8> { texts.append(String(decoding: Array(bytes), as: UTF8.self)) }
        texts.append("\(value)")
        var mirror: Mirror? = Mirror(reflecting: value)
        while let current = mirror {
            for child in current.children {
                if let label = child.label { texts.append(label) }
                reflect(child.value, depth: depth + 1)
            }
            mirror = current.superclassMirror
        }
    }

    private struct Box: Encodable {
        let value: any Encodable

        init(_ value: any Encodable) { self.value = value }

        func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
    }
}
