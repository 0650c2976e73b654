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
        if baseURL.path(percentEncoded: true).split(separator: "/").contains(where: { LooksLikeKey.check("", $0) }) {
            object.refuse(.baseURL, "seems to hold a key in its path", KeyInside.remedy)
        }
        object[.path]?.refuseKeys(in: path)
        object[.headers]?.refuseKeysInHeaders()
        // That the key's own member is in the body is said already.
        if object.field.problems.problems.allSatisfy({ $0.field != "body" }) { object[.body]?.refuseKeysInBody() }
        object[.key]?.refuseKeyInPrefix()
        object[.key]?.refuse(authorization, takenIn: path)
        guard case .followUp(let followUp) = answer.result, let field = object[.followUp] else { return }
        checkKeys(of: followUp, field, object)
    }

    private func checkKeys(of followUp: FollowUpReading, _ field: FieldReader, _ object: ObjectReader<Field>) {
        let key = field.part("key")
        field.part("headers")?.refuseKeysInHeaders()
        key?.refuseKeyInPrefix()
        if case .path(let path, _) = followUp.target {
            field.part("path")?.refuseKeys(in: path)
            (key ?? object[.key])?.refuse(followUp.authorization ?? authorization, takenIn: path)
        }
        guard case .jsonBody = authorization, followUp.authorization == nil else { return }
        field.refuse(
            "has no body that the key could go into",
            "Say in followUp.key where it goes, or that there is \"none\"."
        )
    }

    private func checkName(_ object: ObjectReader<Field>) {
        let beginning = provider.text + "."
        let last = name.text.split(separator: ".").last ?? "example"
        let remedy = "Write \"\(beginning)\(last)\"."
        guard name.text.hasPrefix(beginning) else {
            object.refuse(.name, "doesn't begin with the provider", remedy)
            return
        }
        let word = name.text.dropFirst(beginning.count)
        guard word.isEmpty || word.contains(".") else { return }
        object.refuse(.name, "isn't the provider, a dot and one more word", remedy)
    }
}

private enum KeyInside {
    /// The key itself isn't repeated.
    static let remedy = "Leave it out; say in \"key\" where it goes."
}

extension FieldReader {
    fileprivate func part(_ name: String) -> FieldReader? { value[name].map { member(name, $0) } }

    fileprivate func refuseKeys(in path: PathTemplate) {
        let halves = path.text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        if halves[0].split(separator: "/").contains(where: { LooksLikeKey.check("", $0) }) {
            refuse("seems to hold a key", KeyInside.remedy)
        }
        for item in halves.dropFirst().first?.split(separator: "&") ?? [] {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.dropFirst().first ?? ""
            if LooksLikeKey.check("", parts[0]) {
                refuse("seems to hold a key in its query", KeyInside.remedy)
            } else if !value.contains("{"), LooksLikeKey.check(parts[0], value) {
                refuse("seems to hold a key in \(Excerpt(String(parts[0])))=…", KeyInside.remedy)
            }
        }
    }

    fileprivate func refuseKeysInHeaders() {
        for (name, field) in members(suchAs: "{}") ?? [] {
            let text = field.value.string ?? ""
            // That the key's own header is in the list is said already.
            if LooksLikeKey.check(name, text), !problems.problems.contains(where: { $0.field == field.path }) {
                field.refuse("seems to hold a key", KeyInside.remedy)
            }
            if let place = text.wordsInBraces.first {
                field.refuse(
                    "headers are fixed, and {\(place)} isn't replaced",
                    "Put the id into the path or the body."
                )
            }
        }
    }

    /// - Parameter name: What the value is called, or the list that it is in.
    fileprivate func refuseKeysInBody(called name: String = "") {
        switch value {
        case .string(let text) where text.wordsInBraces.isEmpty && LooksLikeKey.check(name, text):
            refuse("seems to hold a key", KeyInside.remedy)
        case .array: for element in list(suchAs: "[]") ?? [] { element.refuseKeysInBody(called: name) }
        case .object: for (name, field) in members(suchAs: "{}") ?? [] { field.refuseKeysInBody(called: name) }
        default: break
        }
    }

    fileprivate func refuseKeyInPrefix() {
        guard let field = part("prefix"), let prefix = field.value.string, let last = prefix.last else { return }
        guard !LooksLikeKey.check("", prefix) else {
            field.refuse("seems to hold a key", KeyInside.remedy)
            return
        }
        guard last.isLetter || last.isNumber else { return }
        // A text that isn't a word may be a key, and isn't repeated.
        let isWord = prefix.count < 16 && prefix.allSatisfy(\.isLetter)
        field.refuse(
            "\(isWord ? "\(Excerpt(prefix))" : "it") would touch the key",
            isWord ? "Write \"\(prefix) \" with a space." : "End it with a space."
        )
    }

    /// Refuses a key's query item that has the name of an item of the path.
    fileprivate func refuse(_ authorization: Authorization, takenIn path: PathTemplate) {
        guard case .query(let name) = authorization, path.hasQueryItem(named: name) else { return }
        member("query", .null).refuse("the path has \(name) already", "Name the item that takes the key.")
    }
}

extension String {
    /// What looks like places: a word in braces, and not the braces of JSON.
    fileprivate var wordsInBraces: [String] {
        split(separator: "{").dropFirst(hasPrefix("{") ? 0 : 1).compactMap { part in
            guard let end = part.firstIndex(of: "}") else { return nil }
            let name = part[..<end].drop { $0 == "+" }
            let isWord = !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            return isWord ? String(name) : nil
        }
    }
}
