import Foundation

/// A lenient JSON parser for seeds.
package struct JSONTreeReader {
    private struct InvalidJSON: Error {}

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Returns the tree of a JSON text; `nil` if it is invalid.
    package static func tree(of bytes: [UInt8]) -> JSONTree? {
        var reader = JSONTreeReader(bytes)
        guard let tree = try? reader.value() else { return nil }
        reader.skipSpace()
        return reader.position == bytes.count ? tree : nil
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func value() throws -> JSONTree {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try list(until: "}") { try $0.member() })
        case UInt8(ascii: "["): return .array(try list(until: "]") { try $0.value() })
        case UInt8(ascii: "\""): return .string(try string())
        default:
            let word = bytes[position...].prefix { !",]} \t\r\n".utf8.contains($0) }
            guard !word.isEmpty else { throw InvalidJSON() }
            position = word.endIndex
            return .raw(Array(word))
        }
    }

    private mutating func list<Item>(
        until end: Unicode.Scalar,
        _ item: (inout Self) throws -> Item
    ) throws -> [Item] {
        position += 1
        var items: [Item] = []
        skipSpace()
        while next != UInt8(ascii: end) {
            items.append(try item(&self))
            skipSpace()
            if next == UInt8(ascii: ",") {
                position += 1
                skipSpace()
            } else if next != UInt8(ascii: end) {
                throw InvalidJSON()
            }
        }
        position += 1
        return items
    }

    private mutating func member() throws -> JSONTree.Member {
        guard next == UInt8(ascii: "\"") else { throw InvalidJSON() }
        let name = try string()
        skipSpace()
        guard next == UInt8(ascii: ":") else { throw InvalidJSON() }
        position += 1
        return JSONTree.Member(name, try value())
    }

    private mutating func string() throws -> String {
        let start = position
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        guard next != nil else { throw InvalidJSON() }
        position += 1
        return try JSONDecoder().decode(String.self, from: Data(bytes[start..<position]))
    }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }
}
