import FetchCore

/// A request's body with places for the id: texts that are a place and nothing else, such as `"{id}"`.
struct BodyTemplate: Sendable {
    private let members: [String: JSONValue]

    /// The places in it.
    let placeNames: Set<String>

    /// Whether it has a member of that name.
    func hasMember(_ name: String) -> Bool { members[name] != nil }

    init?(_ field: FieldReader, id: IDDeclaration) {
        guard field.value.object != nil, let fields = field.members(suchAs: "{\"task\": \"{id}\"}") else {
            field.refuseType("an object", "Write it in braces, such as {\"task\": \"{id}\"}.")
            return nil
        }
        members = field.value.object ?? [:]
        let known = id.form.placeNames.union(["id"])
        var found: Set<String> = []
        for (_, field) in fields { Self.collect(field, known: known, into: &found) }
        placeNames = found
    }

    private static func collect(_ field: FieldReader, known: Set<String>, into found: inout Set<String>) {
        switch field.value {
        case .array: for element in field.list(suchAs: "[]") ?? [] { collect(element, known: known, into: &found) }
        case .object:
            for member in field.members(suchAs: "{}") ?? [] { collect(member.field, known: known, into: &found) }
        case .string(let text):
            if let name = place(in: text) {
                guard known.contains(name) else {
                    field.refuse("there is no value for {\(name)}", "Use \(known.inBraces), or name it in id.form.")
                    return
                }
                found.insert(name)
            } else if let name = known.sorted().first(where: { text.contains("{\($0)}") }) {
                field.refuse("{\(name)} is not the whole text", "Write \"{\(name)}\" alone; texts aren't put together.")
            }
        case .null, .bool, .integer, .number: break
        }
    }

    /// The name of the place that a text is.
    private static func place(in text: String) -> String? {
        guard text.hasPrefix("{"), text.hasSuffix("}"), text.count > 2 else { return nil }
        let name = text.dropFirst().dropLast()
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } ? String(name) : nil
    }

    /// The body with values in its places.
    func members(with values: (_ place: String) -> JSONValue?) -> [String: JSONValue] {
        members.mapValues { Self.filled($0, with: values) }
    }

    private static func filled(_ value: JSONValue, with values: (String) -> JSONValue?) -> JSONValue {
        switch value {
        case .string(let text): place(in: text).flatMap { values($0) } ?? value
        case .array(let elements): .array(elements.map { filled($0, with: values) })
        case .object(let members): .object(members.mapValues { filled($0, with: values) })
        case .null, .bool, .integer, .number: value
        }
    }
}

extension Set<String> {
    /// The names as places.
    var inBraces: String { sorted().map { "{\($0)}" }.joined(separator: ", ") }
}
