import FetchCore

/// The fields that declare how the key is sent: `{"header": "Authorization", "prefix": "Bearer "}`, `{"query": "key"}`
/// or `{"body": "key"}`. The string `"none"` replaces the object if no key is sent.
enum KeyField: String, CaseIterable {
    case header, prefix, query, body
}

extension Authorization {
    init?(_ field: FieldReader) {
        if field.value == "none" {
            self = .none
            return
        }
        guard field.value.object != nil else {
            let remedy =
                "Write an object, such as {\"header\": \"Authorization\", \"prefix\": \"Bearer \"}, or \"none\"."
            if field.value.string == nil {
                field.reportType("an object, or \"none\"", remedy)
            } else {
                field.report("is a string other than \"none\"; a manifest contains no key", remedy)
            }
            return nil
        }
        let before = field.problems.count
        guard let object = ObjectReader<KeyField>(field) else { return nil }
        let locations = [KeyField.header, .query, .body].filter { object[$0] != nil }
        guard locations.count == 1, let location = locations.first,
            let name = object[location]?.string(example: "key")
        else {
            if locations.count != 1, field.problems.count == before {
                let found = locations.isEmpty ? "has no location" : "has more than one location"
                field.report(found, "Write exactly one of header, query and body.")
            }
            return nil
        }
        let prefix = object[.prefix].map { $0.string(example: "Bearer ") } ?? ""
        if location != .header, object[.prefix] != nil {
            object.report(.prefix, "applies only to a header", "Remove it.")
        }
        switch location {
        case .query: self = .query(name)
        case .body: self = .jsonBody(name)
        case .header, .prefix:
            guard object[.header]?.isHeaderName() == true, let prefix else { return nil }
            guard HeaderSyntax.isPrintable(prefix) else {
                object.report(
                    .prefix,
                    "contains a character that is invalid in a header",
                    "Use printable ASCII, such as \"Bearer \"."
                )
                return nil
            }
            self = .header(name, prefix: prefix)
        }
    }
}
