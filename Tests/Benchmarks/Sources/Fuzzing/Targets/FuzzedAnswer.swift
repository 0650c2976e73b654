import FetchCore
import Foundation

/// What a server or the way to it makes of a request.
enum FuzzedAnswer: Sendable {
    case response(FetchResponse)
    /// The transport throws an error of its own, with these words in it.
    case lost(String)
    /// The transport throws an error of the client's type.
    case failed(String)
}

/// What is true of an answer whose structure was changed and whose bytes weren't.
struct AnswerFacts: Sendable {
    /// The digits of the only `id` of the answer, where that is a whole number.
    var id: String?

    /// The digits of the only `file_id`, where that is a whole number.
    var file: String?

    /// Whether links that were only promised stand among the promises and nowhere else.
    var keepsPromisesApart = false

    /// The host of links that are only promised.
    static let promised = "promised.example.com"

    init() {}

    init(_ tree: Tree) {
        guard case .object(let members) = tree else { return }
        id = Self.digits(of: "id", in: members)
        file = Self.digits(of: "file_id", in: members)
        var isAmongOthers = false
        for member in members {
            if member.name.contains(Self.promised) { isAmongOthers = true }
            guard member.name != "future_links" else { continue }
            member.value.forEachText { if $0.contains(Self.promised) { isAmongOthers = true } }
        }
        keepsPromisesApart = !isAmongOthers
    }

    /// The digits of the only member of that name, where its value is a whole number as everybody writes it.
    private static func digits(of name: String, in members: [Tree.Member]) -> String? {
        let values = members.filter { $0.name == name }.map(\.value)
        guard values.count == 1, case .raw(let bytes) = values[0] else { return nil }
        let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
        let isWhole = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isWhole, let first = digits.first, first != UInt8(ascii: "0") || bytes.count == 1 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
