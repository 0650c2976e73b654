import FetchCore
import Foundation
import Testing

/// Tests that JSON values keep the content of a response exactly.
@Suite("JSON values") struct JSONValueTests {
    private func decoded(_ json: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
    }

    private func encoded(_ value: JSONValue) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test(arguments: [
        "null", "true", "false", "0", "-1", "9007199254740993", "9223372036854775807", "-9223372036854775808", "0.5",
        "1e-07",
        "\"\"", "\"true\"", "\"42\"", "\"ü 💡 \\\" \\\\ / \\u0000\"", "[]", "{}", "[null,true,[1,[2.5]],{\"a\":{}}]",
        "{\"\":null,\"a\":[1,\"1\",false],\"b\":{\"c\":9007199254740993}}",
    ])
    func `a value is encoded as it was decoded`(json: String) throws {
        let value = try decoded(json)
        #expect(try decoded(encoded(value)) == value)
        if !json.contains("\\"), !json.contains("e-") { #expect(try encoded(value) == json) }
    }

    @Test(
        arguments: [
            ("null", .null), ("true", true), ("0", 0), ("1", 1), ("1.0", 1), ("1e3", 1000), ("0.5", 0.5),
            ("\"1\"", "1"),
            ("9007199254740993", .integer(9_007_199_254_740_993)), ("9223372036854775807", .integer(.max)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1e300", .number(1e300)),
            (" [ 1 , null ] ", [1, nil]), ("{\"a\":{\"b\":[]}}", ["a": ["b": []]]),
        ] as [(String, JSONValue)]
    )
    func `each type of value is distinguished from the others`(json: String, value: JSONValue) throws {
        #expect(try decoded(json) == value)
    }

    @Test(arguments: ["1e999", "-1e999", "\"\\ud800\""])
    func `a value that no type can represent does not affect others`(json: String) throws {
        let value = try decoded("{\"invalid\":\(json),\"id\":42}")
        #expect(value["id"] == 42)
        #expect(value["invalid"] == nil)
    }

    @Test func `one value of a repeated name is kept`() throws {
        let value = try decoded(#"{"a":1,"a":2,"b":3}"#)
        #expect(value["a"] == 1 || value["a"] == 2)
        #expect(value["b"] == 3)
    }

    @Test func `members that are null count as missing`() throws {
        let value = try decoded(#"{"a":null,"b":false}"#)
        #expect(value["a"] == nil)
        #expect(value["b"] == false)
        #expect(value["c"] == nil)
        #expect(value.object?.keys.sorted() == ["a", "b"])
    }

    @Test func `numbers are also read from strings, and no other conversion is made`() {
        #expect(JSONValue.string("42").integer == 42)
        #expect(JSONValue.string("9223372036854775807").integer == .max)
        #expect(JSONValue.string("1.5").number == 1.5)
        #expect(JSONValue.integer(2).number == 2)
        #expect(JSONValue.string("x").integer == nil)
        #expect(JSONValue.number(1.5).integer == nil)
        #expect(JSONValue.bool(true).integer == nil)
        #expect(JSONValue.null.number == nil)
        #expect(JSONValue.integer(1).string == nil)
        #expect(JSONValue.string("true").bool == nil)
        #expect(JSONValue.array([]).object == nil)
        #expect(JSONValue.object([:]).array == nil)
        #expect(JSONValue.string("a")["b"] == nil)
    }

    @Test func `literals give values`() {
        let value: JSONValue = ["a": [1, 2.5, "x", true, nil], "b": ["c": "\(40 + 2)"], "a b": [:]]
        #expect(value["a"]?.array == [.integer(1), .number(2.5), .string("x"), .bool(true), .null])
        #expect(value["b"]?["c"]?.string == "42")
        let twice: JSONValue = ["a": 1, "a": 2]
        #expect(twice == ["a": 2])
    }

    @Test func `excessive nesting is an error`() {
        let nested = String(repeating: "[", count: 100_000)
        #expect(throws: DecodingError.self) { try decoded(nested) }
        #expect(throws: DecodingError.self) { try decoded(nested + String(repeating: "]", count: 100_000)) }
    }
}
