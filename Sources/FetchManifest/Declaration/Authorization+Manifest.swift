import FetchCore

/// Where the key goes: `{"header": "Authorization", "prefix": "Bearer "}`, `{"query": "key"}`, `{"body": "key"}` or `"none"`.
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
            let remedy = "Write it such as {\"header\": \"Authorization\", \"prefix\": \"Bearer \"}, or \"none\"."
            if field.value.string == nil {
                field.refuseType("an object, or \"none\"", remedy)
            } else {
                field.refuse("is a text other than none; a manifest holds no key", remedy)
            }
            return nil
        }
        let before = field.problems.count
        guard let object = ObjectReader<KeyField>(field) else { return nil }
        let places = [KeyField.header, .query, .body].filter { object[$0] != nil }
        guard places.count == 1, let place = places.first, let name = object[place]?.text(suchAs: "key") else {
            if places.count != 1, field.problems.count == before {
                let found = places.isEmpty ? "names no place" : "names more than one place"
                field.refuse(found, "Write one of header, query and body.")
            }
            return nil
        }
        let prefix = object[.prefix].map { $0.text(suchAs: "Bearer ") } ?? ""
        if place != .header, object[.prefix] != nil {
            object.refuse(.prefix, "goes with a header only", "Leave it out.")
        }
        switch place {
        case .query: self = .query(name)
        case .body: self = .jsonBody(name)
        case .header, .prefix:
            guard object[.header]?.isHeaderName() == true, let prefix else { return nil }
            guard HeaderName.isValue(prefix) else {
                object.refuse(
                    .prefix,
                    "holds a character that a header can't",
                    "Write printable ASCII, such as \"Bearer \"."
                )
                return nil
            }
            self = .header(name, prefix: prefix)
        }
    }
}
