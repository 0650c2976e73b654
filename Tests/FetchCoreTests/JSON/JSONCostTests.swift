import FetchCore
import Foundation
import Testing

/// Small responses that would keep a decoder busy: it writes down the path to a value that it can't read, and counts the lines.
@Suite struct JSONCostTests {
    /// A type whose values are read by a decoder.
    private struct Reply: Decodable {
        var list: [JSONValue]
    }

    private func read(_ body: String) throws -> JSONValue {
        try FetchResponse(status: 200, body: Data(body.utf8)).json(JSONValue.self)
    }

    private func decode(_ list: String) throws -> [JSONValue] {
        try FetchResponse(status: 200, body: Data("{\"list\":\(list)}".utf8)).json(Reply.self).list
    }

    @Test(arguments: [#""\x","#, #""\u12","#, "\"\t\",", "01,", "1.,", "-,", "1e,"])
    func `Thousands of malformed values are an error at the first one`(element: String) throws {
        let list = "[" + String(repeating: element, count: 20_000) + "1]"
        for error in [
            #expect(throws: FetchError.self) { try read(list) },
            #expect(throws: FetchError.self) { _ = try decode(list) },
        ] {
            #expect(error?.message.hasPrefix("the response is not JSON: ") == true)
            #expect(error?.message.contains(", line 1; it begins") == true)
        }
    }

    @Test(arguments: [#""\ud800","#, #""\udc00x","#])
    func `Thousands of strings that aren't Unicode are null, and an error for a decoder`(element: String) throws {
        let list = "[" + String(repeating: element, count: 20_000) + "1]"
        #expect(try read(list).array?.count { $0 == .null } == 20_000)
        let error = #expect(throws: FetchError.self) { _ = try decode(list) }
        #expect(error?.message.hasPrefix("the response holds more than 200000 values and escapes") == true)
    }

    @Test func `Hundreds of deep values are read, and an error for a decoder`() throws {
        let deep = String(repeating: #"{"a":"#, count: 57) + "null" + String(repeating: "}", count: 57)
        let list = "[" + String(repeating: deep + ",", count: 130) + "1]"
        #expect(try read(list).array?.count == 131)
        let error = #expect(throws: FetchError.self) { _ = try decode(list) }
        #expect(error?.message.hasPrefix("the response holds more than 200000 values and escapes") == true)
        #expect(try decode("[" + String(repeating: deep + ",", count: 20) + "1]").count == 21)
    }

    @Test func `A few unreadable values cost nothing but themselves`() throws {
        let text = #"{"a":"\ud83d\ude00","b":"\ud83d","c":[1,1.5e3,-0.25,12]}"#
        let expected: JSONValue = ["a": "😀", "b": nil, "c": [1, 1_500, -0.25, 12]]
        #expect(try read(text) == expected)
        #expect(try decode("[\(text)]") == [expected])
    }

    /// The words of a speech of some hours.
    @Test func `Many values at a usual depth are read`() throws {
        let word = #"{"text":"na\u00efve 😀","start":1250,"end":1500.25,"speaker":null},"#
        let value = try read(#"{"result":{"words":["# + String(repeating: word, count: 20_000) + "1]}}")
        #expect(value["result"]?["words"]?.array?.count == 20_001)
    }
}
