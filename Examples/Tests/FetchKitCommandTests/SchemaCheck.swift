import FetchCore

/// A check of a JSON value against the part of JSON Schema that `command-output.schema.json` uses.
struct SchemaCheck {
    let schema: JSONValue

    /// Returns what is wrong with a value. Empty if it is valid.
    func problems(of value: JSONValue, at path: String = "$") -> [String] {
        var problems: [String] = []
        if let types = schema["type"] {
            let names = (types.array ?? [types]).compactMap(\.string)
            if !names.contains(where: { Self.isOfType(value, $0) }) { problems.append("\(path): not \(names)") }
        }
        if let values = schema["enum"]?.array, !values.contains(value) { problems.append("\(path): not in enum") }
        if let number = value.number {
            if let minimum = schema["minimum"]?.number, number < minimum { problems.append("\(path): too small") }
            if let maximum = schema["maximum"]?.number, number > maximum { problems.append("\(path): too large") }
        }
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where value.object?[name] == nil {
            problems.append("\(path): without \(name)")
        }
        for (name, member) in value.object ?? [:] {
            guard let part = schema["properties"]?.object?[name] else { continue }
            problems += SchemaCheck(schema: part).problems(of: member, at: "\(path).\(name)")
        }
        if let items = schema["items"] {
            for (index, element) in (value.array ?? []).enumerated() {
                problems += SchemaCheck(schema: items).problems(of: element, at: "\(path)[\(index)]")
            }
        }
        return problems
    }

    private static func isOfType(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object): true
        case ("integer", .integer), ("number", .integer), ("number", .number): true
        default: false
        }
    }
}
