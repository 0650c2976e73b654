import Foundation

/// Facts about a response whose bytes haven't been mutated after its structure.
struct ResponseFacts: Sendable {
    /// The digits of the member `id` if it is unique and an integer.
    var id: String?

    /// The digits of the member `file_id` if it is unique and an integer.
    var file: String?

    /// True if promised links occur only in `future_links`.
    var separatesPromises = false

    /// The host of all links in `future_links`.
    static let promised = "promised.example.com"

    init() {}

    init(_ tree: JSONTree) {
        guard case .object(let members) = tree else { return }
        id = Self.digits(of: "id", in: members)
        file = Self.digits(of: "file_id", in: members)
        var occursElsewhere = false
        for member in members {
            if member.name.contains(Self.promised) { occursElsewhere = true }
            guard member.name != "future_links" else { continue }
            member.value.forEachText { if $0.contains(Self.promised) { occursElsewhere = true } }
        }
        separatesPromises = !occursElsewhere
    }

    /// Returns the digits of a member if its name is unique and its value is an integer without leading zeros.
    private static func digits(of name: String, in members: [JSONTree.Member]) -> String? {
        let values = members.filter { $0.name == name }.map(\.value)
        guard values.count == 1, case .raw(let bytes) = values[0] else { return nil }
        let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
        let isWhole = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isWhole, let first = digits.first, first != UInt8(ascii: "0") || bytes.count == 1 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
