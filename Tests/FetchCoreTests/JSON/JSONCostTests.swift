import FetchCore
import Foundation
import Testing

/// Tests of small responses that would be slow to decode, because a decoder records the path and line of each invalid
/// value.
@Suite("JSON decoding cost") struct JSONCostTests {
    /// A type that is decoded with `JSONDecoder`.
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
    func `many malformed values give an error at the first one`(element: String) throws {
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
    func `many strings that are not Unicode are null, and an error for a decoder`(element: String) throws {
        let list = "[" + String(repeating: element, count: 20_000) + "1]"
        #expect(try read(list).array?.count { $0 == .null } == 20_000)
        let error = #expect(throws: FetchError.self) { _ = try decode(list) }
        #expect(error?.message.hasPrefix("the response contains more than 200000 values and escapes") == true)
    }

    @Test func `many deeply nested values are accepted, and an error for a decoder`() throws {
        let deep = String(repeating: #"{"a":"#, count: 57) + "null" + String(repeating: "}", count: 57)
        let list = "[" + String(repeating: deep + ",", count: 130) + "1]"
        #expect(try read(list).array?.count == 131)
        let error = #expect(throws: FetchError.self) { _ = try decode(list) }
        #expect(error?.message.hasPrefix("the response contains more than 200000 values and escapes") == true)
        #expect(try decode("[" + String(repeating: deep + ",", count: 20) + "1]").count == 21)
    }

    @Test func `a few unreadable values do not affect others`() throws {
        let text = #"{"a":"\ud83d\ude00","b":"\ud83d","c":[1,1.5e3,-0.25,12]}"#
        let expected: JSONValue = ["a": "😀", "b": nil, "c": [1, 1_500, -0.25, 12]]
        #expect(try read(text) == expected)
        #expect(try decode("[\(text)]") == [expected])
    }

    /// The response is that of a transcription of several hours.
    @Test func `many values at an ordinary depth are accepted`() throws {
        let word = #"{"text":"na\u00efve 😀","start":1250,"end":1500.25,"speaker":null},"#
        let value = try read(#"{"result":{"words":["# + String(repeating: word, count: 20_000) + "1]}}")
        #expect(value["result"]?["words"]?.array?.count == 20_001)
    }
}
