#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

// What a request is made of.
extension FieldReader {
    func baseURL() -> URL? {
        let example = "https://api.example.com/v1"
        guard let text = text(suchAs: example) else { return nil }
        let remedy = "Write scheme, host and path, such as \"\(example)\"."
        guard let url = URL(string: text) else {
            // It isn't repeated: it may hold a password.
            refuse("is not a URL", remedy)
            return nil
        }
        do throws(FetchError) {
            let origin = try Origin(of: url)
            guard url.query(percentEncoded: true) == nil, url.fragment == nil else {
                refuse("has a query or a fragment", "Write what belongs to every request into the path.")
                return nil
            }
            guard origin.scheme == "https" || origin.isLoopback else {
                refuse("plain http shows the key to everyone on the way", "Write https.")
                return nil
            }
            return url
        } catch {
            refuse(error.message, error.remedy ?? remedy)
            return nil
        }
    }

    func domains() -> [String]? {
        list(suchAs: "[\"example.com\"]")?.compactMap { $0.text(suchAs: "example.com") }
    }

    /// A path template whose places have a value each.
    ///
    /// - Parameters:
    ///   - names: The places of the id's form.
    ///   - further: Values of an answer.
    func template(placesOf names: Set<String>, allowing further: Set<String>) -> PathTemplate? {
        guard let path = text(suchAs: "videos/{id}", as: PathTemplate.init(_:)) else { return nil }
        let known = names.union(further)
        let unknown = path.text.placeNames.subtracting(known).sorted()
        guard let first = unknown.first else { return path }
        refuse("there is no value for {\(first)}", "Use \(known.inBraces), or name it in id.form.")
        return nil
    }

    func headers(besides authorization: Authorization?) -> HeaderFields? {
        guard let fields = members(suchAs: "{\"X-Version\": \"2\"}") else { return nil }
        var headers: HeaderFields = [:]
        for (name, field) in fields {
            guard field.named(name).isHeaderName(), let value = field.text(suchAs: "2") else { continue }
            if case .header(let key, _)? = authorization, key.lowercased() == name.lowercased() {
                field.refuse("the key goes there", "Leave it out; the client takes the key from its credentials.")
            }
            if headers[name] != nil { field.refuse("is there in another spelling", "Keep one of the two.") }
            guard HeaderName.isValue(value) else {
                field.refuse("holds a character that a header can't", "Write printable ASCII on one line.")
                continue
            }
            headers.append(name: name, value: value)
        }
        return headers
    }

    /// Whether the text is a header's name that a manifest may set.
    func isHeaderName() -> Bool {
        let name = value.string ?? ""
        guard HeaderName.isOne(name) else {
            // It isn't repeated: people write the value behind the name.
            refuse("is not the name of a header", "Write letters, digits and hyphens, such as \"X-Key\".")
            return false
        }
        guard !HeaderName.isReserved(name) else {
            refuse("\(name) describes the message itself, and the client sets it", "Leave it out.")
            return false
        }
        return true
    }

    /// A field's own name as what is read.
    private func named(_ name: String) -> FieldReader {
        FieldReader(value: .string(name), path: path, problems: problems)
    }
}
