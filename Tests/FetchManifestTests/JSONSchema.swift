import FetchCore
import Foundation

/// A validator for the subset of JSON Schema (draft 2020-12) that the manifest schema uses.
struct JSONSchema {
    let root: JSONValue

    /// The keywords that don't affect validity.
    private static let annotations: Set = ["$schema", "$defs", "title", "description"]

    init(contentsOf url: URL) throws {
        root = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: url))
    }

    func accepts(_ value: JSONValue) -> Bool { accepts(value, root) }

    private func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        guard let keywords = schema.object else { return schema == true }
        return keywords.allSatisfy { accepts(value, $0.key, $0.value, in: keywords) }
    }

    private func accepts(_ value: JSONValue, _ keyword: String, _ rule: JSONValue, in schema: [String: JSONValue])
        -> Bool
    {
        switch keyword {
        case "$ref": accepts(value, definition(rule.string ?? ""))
        case "type": Self.isType(value, rule.string ?? "")
        case "const": value == rule
        case "enum": rule.array?.contains(value) == true
        case "anyOf": rule.array?.contains { accepts(value, $0) } == true
        case "allOf": rule.array?.allSatisfy { accepts(value, $0) } == true
        case "oneOf": rule.array?.filter { accepts(value, $0) }.count == 1
        case "required":
            value.object.map { members in rule.array?.allSatisfy { members[$0.string ?? ""] != nil } == true } ?? true
        case "properties":
            (value.object ?? [:]).allSatisfy { name, value in rule.object?[name].map { accepts(value, $0) } ?? true }
        case "additionalProperties":
            (value.object ?? [:]).allSatisfy { name, value in
                schema["properties"]?.object?[name] != nil || (rule != false && accepts(value, rule))
            }
        case "items": (value.array ?? []).allSatisfy { accepts($0, rule) }
        case "minItems": (value.array?.count ?? .max) >= rule.integer ?? 0
        case "maxItems": (value.array?.count ?? 0) <= rule.integer ?? 0
        case "maxLength": (value.string?.count ?? 0) <= rule.integer ?? 0
        case "minLength": (value.string?.count ?? .max) >= rule.integer ?? 0
        case "exclusiveMinimum": value.string != nil || (value.number ?? .infinity) > rule.number ?? 0
        default: Self.annotations.contains(keyword)
        }
    }

    private func definition(_ reference: String) -> JSONValue {
        root["$defs"]?.object?[String(reference.split(separator: "/").last ?? "")] ?? false
    }

    private static func isType(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.object, "object"), (.array, "array"), (.string, "string"), (.bool, "boolean"), (.null, "null"): true
        case (.integer, "integer"), (.integer, "number"), (.number, "number"): true
        default: false
        }
    }

    /// The property names of all objects, keyed by definition.
    var propertyNames: [String: Set<String>] {
        var names: [String: Set<String>] = ["manifest": Self.properties(in: root.removing("$defs"))]
        for (name, definition) in root["$defs"]?.object ?? [:] {
            let found = Self.properties(in: definition)
            if !found.isEmpty { names[name] = found }
        }
        return names
    }

    /// True if every object with declared properties forbids additional ones.
    var isClosed: Bool {
        var closed = true
        root.visit { schema in
            if schema["properties"] != nil, schema["type"] != nil, schema["additionalProperties"] != false {
                closed = false
            }
        }
        return closed
    }

    private static func properties(in schema: JSONValue) -> Set<String> {
        var names: Set<String> = []
        schema.visit { part in
            // Skips the properties of conditions, which have no type.
            if part["type"] != nil, let properties = part["properties"]?.object { names.formUnion(properties.keys) }
        }
        return names
    }
}

extension JSONValue {
    fileprivate func removing(_ name: String) -> JSONValue {
        .object((object ?? [:]).filter { $0.key != name })
    }

    /// Calls a closure with this value and each value within it.
    fileprivate func visit(_ body: (JSONValue) -> Void) {
        body(self)
        for (_, value) in object ?? [:] { value.visit(body) }
        for value in array ?? [] { value.visit(body) }
    }
}
