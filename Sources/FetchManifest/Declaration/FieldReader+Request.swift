#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension FieldReader {
    func baseURL() -> URL? {
        let example = "https://api.example.com/v1"
        guard let text = string(example: example) else { return nil }
        let remedy = "Write scheme, host and path, such as \"\(example)\"."
        guard let url = URL(string: text) else {
            // The error doesn't repeat the string: it may contain a password.
            report("is not a URL", remedy)
            return nil
        }
        do throws(FetchError) {
            let origin = try Origin(of: url)
            guard url.query(percentEncoded: true) == nil, url.fragment == nil else {
                report("has a query or a fragment", "Move query items to the path.")
                return nil
            }
            guard origin.scheme == "https" || origin.isLoopback else {
                report("plain http sends the key unencrypted", "Use https.")
                return nil
            }
            return url
        } catch {
            report(error.message, error.remedy ?? remedy)
            return nil
        }
    }

    func domains() -> [String]? {
        array(example: "[\"example.com\"]")?.compactMap { $0.string(example: "example.com") }
    }

    /// Reads a path template and checks that each placeholder has a value.
    ///
    /// - Parameters:
    ///   - names: The placeholders of the id's form.
    ///   - further: The names of values from a previous response.
    /// - Returns: The template, or `nil` if it is invalid.
    func template(placeholders names: Set<String>, values further: Set<String>) -> PathTemplate? {
        guard let path = string(example: "videos/{id}", as: PathTemplate.init(_:)) else { return nil }
        let known = names.union(further)
        let unknown = path.placeholderNames.subtracting(known).sorted()
        guard let first = unknown.first else { return path }
        report("{\(first)} has no value", "Use \(known.asPlaceholders), or declare it in id.form.")
        return nil
    }

    func headers(besides authorization: Authorization?) -> HeaderFields? {
        guard let fields = members(example: "{\"X-Version\": \"2\"}") else { return nil }
        var headers: HeaderFields = [:]
        for (name, field) in fields {
            guard field.named(name).isHeaderName(), let value = field.string(example: "2") else { continue }
            if case .header(let key, _)? = authorization, key.lowercased() == name.lowercased() {
                field.report("is the header for the key", "Remove it; the client adds the key from its credentials.")
            }
            if headers[name] != nil { field.report("is also present in another case", "Remove one of the two.") }
            guard HeaderSyntax.isPrintable(value) else {
                field.report("contains a character that is invalid in a header", "Use printable ASCII on one line.")
                continue
            }
            headers.append(name: name, value: value)
        }
        return headers
    }

    /// Checks that the string is the name of a header that a manifest may set.
    func isHeaderName() -> Bool {
        let name = value.string ?? ""
        guard HeaderSyntax.isToken(name) else {
            // The error doesn't repeat the string: it may contain the header's value.
            report("is not the name of a header", "Use letters, digits and hyphens, such as \"X-Key\".")
            return false
        }
        guard !ReservedHeader.contains(name) else {
            report("\(name) is set by the client or the transport", "Remove it.")
            return false
        }
        return true
    }

    /// Returns a reader of the field's name instead of its value.
    private func named(_ name: String) -> FieldReader {
        FieldReader(value: .string(name), path: path, problems: problems)
    }
}
