#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

// A manifest holds no key, says whose it is, and has one place for it.
extension Declaration {
    func checkKeys(_ object: ObjectReader<Field>) {
        checkName(object)
        checkPath(object)
        checkHeaders(object)
        checkPrefix(object)
        guard case .jsonBody = authorization, case .followUp(let followUp) = answer.result else { return }
        guard followUp.authorization == nil else { return }
        object.refuse(
            .followUp,
            "has no body that the key could go into",
            "Say in followUp.key where it goes, or that there is \"none\"."
        )
    }

    private func checkName(_ object: ObjectReader<Field>) {
        let beginning = provider.text + "."
        let word = name.text.dropFirst(beginning.count)
        guard !name.text.hasPrefix(beginning) || word.isEmpty || word.contains(".") else { return }
        let last = name.text.split(separator: ".").last ?? "example"
        object.refuse(.name, "isn't the provider's name, a dot and one word", "Write \"\(beginning)\(last)\".")
    }

    private func checkPath(_ object: ObjectReader<Field>) {
        let query = path.text.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        for item in query.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
            if case .query(parts[0]) = authorization {
                object.refuse(.key, "the path has \(Excerpt(parts[0])) already", "Name the item that takes the key.")
            }
            guard parts.count == 2, !parts[1].contains("{"), LooksLikeKey.check(parts[0], parts[1]) else { continue }
            object.refuse(.path, "seems to hold a key in \(Excerpt(parts[0]))=…", Self.remedy)
        }
        let segments = (baseURL.path(percentEncoded: true) + "/" + path.text).split { "/?&=".contains($0) }
        guard segments.contains(where: { LooksLikeKey.check("", String($0)) }) else { return }
        object.refuse(.path, "has a part that seems to be a key, or the base URL has", Self.remedy)
    }

    private func checkHeaders(_ object: ObjectReader<Field>) {
        for field in headers.fields where !isKeyHeader(field.name) {
            if LooksLikeKey.check(field.name, field.value) {
                object.refuse(.headers, "\(field.name) seems to hold a key", Self.remedy)
            }
            if field.value.contains("{") {
                object.refuse(
                    .headers,
                    "\(field.name) is sent as it is, its braces included",
                    "Put the id into the path or the body."
                )
            }
        }
    }

    /// That another value stands in the key's header is said already.
    private func isKeyHeader(_ name: String) -> Bool {
        if case .header(let key, _) = authorization { key.lowercased() == name.lowercased() } else { false }
    }

    private func checkPrefix(_ object: ObjectReader<Field>) {
        guard case .header(_, let prefix) = authorization, let last = prefix.last else { return }
        guard !LooksLikeKey.check("", prefix) else {
            object.refuse(.key, "its prefix seems to hold a key", Self.remedy)
            return
        }
        guard last.isLetter || last.isNumber else { return }
        object.refuse(.key, "the prefix \(Excerpt(prefix)) would touch the key", "Write \"\(prefix) \" with a space.")
    }

    private static let remedy = "Leave it out; say in key where it goes."
}
