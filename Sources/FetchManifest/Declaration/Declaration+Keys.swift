#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore
import KeyDetection

// Checks that the manifest contains no key, names its provider, and declares one location for the key.
extension Declaration {
    func checkKeys(_ object: ObjectReader<Field>) {
        checkName(object)
        if baseURL.path(percentEncoded: true).split(separator: "/").contains(where: { KeyHeuristic.check("", $0) }) {
            object.report(.baseURL, "seems to contain a key in its path", SuspectedKey.remedy)
        }
        object[.path]?.reportKeys(in: path)
        object[.headers]?.reportKeysInHeaders()
        // Skips the body if the member for the key was already reported there.
        if object.field.problems.problems.allSatisfy({ $0.field != "body" }) { object[.body]?.reportKeysInBody() }
        object[.key]?.reportKeyInPrefix()
        object[.key]?.reportDuplicateQueryItem(authorization, in: path)
        guard let fields = object[.followUp]?.oneOrSeveral(example: "[{}]") else { return }
        for (followUp, field) in zip(response.followUps, fields) { checkKeys(of: followUp, field, object) }
    }

    private func checkKeys(of followUp: FollowUpDeclaration, _ field: FieldReader, _ object: ObjectReader<Field>) {
        let key = field.part("key")
        field.part("headers")?.reportKeysInHeaders()
        key?.reportKeyInPrefix()
        if case .path(let path, _) = followUp.target {
            field.part("path")?.reportKeys(in: path)
            let authorization = followUp.authorization.resolved(inheriting: self.authorization)
            (key ?? object[.key])?.reportDuplicateQueryItem(authorization, in: path)
        }
        guard case .jsonBody = authorization, followUp.authorization == .inherited else { return }
        field.report(
            "has no body for the key",
            "Write followUp.key: a header, a query item or \"none\"."
        )
    }

    private func checkName(_ object: ObjectReader<Field>) {
        let prefix = provider.rawValue + "."
        let last = name.rawValue.split(separator: ".").last ?? "example"
        let remedy = "Write \"\(prefix)\(last)\"."
        guard name.rawValue.hasPrefix(prefix) else {
            object.report(.name, "doesn't begin with the provider", remedy)
            return
        }
        let suffix = name.rawValue.dropFirst(prefix.count)
        guard suffix.isEmpty || suffix.contains(".") else { return }
        object.report(.name, "isn't the provider, a dot and one more component", remedy)
    }
}

private enum SuspectedKey {
    /// The remedy for a suspected key. The error doesn't repeat the key.
    static let remedy = "Remove it. Declare in \"key\" how the key is sent."
}

extension FieldReader {
    fileprivate func part(_ name: String) -> FieldReader? { value[name].map { member(name, $0) } }

    fileprivate func reportKeys(in path: PathTemplate) {
        let halves = path.rawValue.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        if halves[0].split(separator: "/").contains(where: { KeyHeuristic.check("", $0) }) {
            report("seems to contain a key", SuspectedKey.remedy)
        }
        for item in halves.dropFirst().first?.split(separator: "&") ?? [] {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.dropFirst().first ?? ""
            if KeyHeuristic.check("", parts[0]) {
                report("seems to contain a key in its query", SuspectedKey.remedy)
            } else if !value.contains("{"), KeyHeuristic.check(parts[0], value) {
                report("seems to contain a key in \(Excerpt(String(parts[0])))=…", SuspectedKey.remedy)
            }
        }
    }

    fileprivate func reportKeysInHeaders() {
        for (name, field) in members(example: "{}") ?? [] {
            let text = field.value.string ?? ""
            // Skips the header for the key, which was already reported.
            if KeyHeuristic.check(name, text), !problems.problems.contains(where: { $0.field == field.path }) {
                field.report("seems to contain a key", SuspectedKey.remedy)
            }
            if let name = PlaceholderSyntax.names(in: text).first {
                field.report(
                    "headers are fixed, so {\(name)} isn't replaced",
                    "Use the id in the path or the body."
                )
            }
        }
    }

    /// Reports strings in a JSON body that look like keys.
    ///
    /// - Parameter name: The name of the member that the value, or an array around it, belongs to.
    fileprivate func reportKeysInBody(called name: String = "") {
        switch value {
        case .string(let text) where PlaceholderSyntax.names(in: text).isEmpty && KeyHeuristic.check(name, text):
            report("seems to contain a key", SuspectedKey.remedy)
        case .array: for element in array(example: "[]", limit: .max) ?? [] { element.reportKeysInBody(called: name) }
        case .object:
            for (name, field) in members(example: "{}", limit: .max) ?? [] { field.reportKeysInBody(called: name) }
        default: break
        }
    }

    fileprivate func reportKeyInPrefix() {
        guard let field = part("prefix"), let prefix = field.value.string, let last = prefix.last else { return }
        guard !KeyHeuristic.check("", prefix) else {
            field.report("seems to contain a key", SuspectedKey.remedy)
            return
        }
        guard last.isLetter || last.isNumber else { return }
        // A prefix that isn't a word may be a key. The error doesn't repeat it.
        let isWord = prefix.count < 16 && prefix.allSatisfy(\.isLetter)
        field.report(
            "\(isWord ? "\(Excerpt(prefix))" : "it") doesn't end with a space before the key",
            isWord ? "Write \"\(prefix) \" with a space." : "End it with a space."
        )
    }

    /// Reports a query item for the key whose name the path already uses.
    fileprivate func reportDuplicateQueryItem(_ authorization: Authorization, in path: PathTemplate) {
        guard case .query(let name) = authorization, path.hasQueryItem(named: name) else { return }
        member("query", .null).report(
            "the path already has a query item \(name)",
            "Use another name for the key's item."
        )
    }
}
