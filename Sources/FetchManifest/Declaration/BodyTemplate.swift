import FetchCore

/// A JSON request body in which strings such as `"{id}"` are placeholders for values of the id.
struct BodyTemplate: Sendable {
    private let members: [String: JSONValue]

    /// The names of all placeholders in the body.
    let placeholderNames: Set<String>

    /// Returns true if the root object has a member with this name.
    func hasMember(_ name: String) -> Bool { members[name] != nil }

    init?(_ field: FieldReader, id: IDDeclaration) {
        guard field.value.object != nil, let fields = field.members(example: "{\"task\": \"{id}\"}", limit: .max) else {
            field.reportType("an object", "Write an object, such as {\"task\": \"{id}\"}.")
            return nil
        }
        members = field.value.object ?? [:]
        let known = id.form.placeholderNames.union(["id"])
        var found: Set<String> = []
        for (_, field) in fields { Self.collect(field, known: known, into: &found) }
        placeholderNames = found
    }

    private static func collect(_ field: FieldReader, known: Set<String>, into found: inout Set<String>) {
        switch field.value {
        case .array:
            for element in field.array(example: "[]", limit: .max) ?? [] {
                collect(element, known: known, into: &found)
            }
        case .object:
            for member in field.members(example: "{}", limit: .max) ?? [] {
                collect(member.field, known: known, into: &found)
            }
        case .string(let text):
            if let name = PlaceholderSyntax.name(in: text) {
                guard known.contains(name) else {
                    field.report("{\(name)} has no value", "Use \(known.asPlaceholders), or declare it in id.form.")
                    return
                }
                found.insert(name)
            } else if let name = known.sorted().first(where: { text.contains("{\($0)}") }) {
                field.report(
                    "{\(name)} is only part of the string",
                    "Write \"{\(name)}\" alone; a placeholder must be the whole string."
                )
            }
        case .null, .bool, .integer, .number: break
        }
    }

    /// Returns the members of the body with their placeholders replaced.
    func members(with values: (_ placeholder: String) -> JSONValue?) -> [String: JSONValue] {
        members.mapValues { Self.expand($0, with: values) }
    }

    private static func expand(_ value: JSONValue, with values: (String) -> JSONValue?) -> JSONValue {
        switch value {
        case .string(let text): PlaceholderSyntax.name(in: text).flatMap { values($0) } ?? value
        case .array(let elements): .array(elements.map { expand($0, with: values) })
        case .object(let members): .object(members.mapValues { expand($0, with: values) })
        case .null, .bool, .integer, .number: value
        }
    }
}

extension Set<String> {
    /// The sorted names in braces, such as `{kind}, {task}`.
    var asPlaceholders: String { sorted().map { "{\($0)}" }.joined(separator: ", ") }
}
