import FetchCore
import Foundation
import Testing

/// Small answers that keep a decoder busy: it writes down where a value stands that it can't read, and counts the lines.
@Suite struct JSONCostTests {
    private func read(_ body: String) throws -> JSONValue {
        try FetchResponse(status: 200, body: Data(body.utf8)).json(JSONValue.self)
    }

    @Test(arguments: [#""\ud800","#, #""\udc00x","#, #""\x","#, #""\u12","#, "\"\t\",", "01,", "1.,", "-,", "1e,"])
    func `Thousands of values that nobody can read are an error at once`(element: String) throws {
        let error = #expect(throws: FetchError.self) {
            try read("[" + String(repeating: element, count: 20_000) + "1]")
        }
        #expect(error?.message.hasPrefix("the answer holds more than 200000 values and escapes") == true)
    }

    @Test func `Hundreds of deep values are an error at once`() throws {
        let deep = String(repeating: #"{"a":"#, count: 58) + "null" + String(repeating: "}", count: 58)
        let error = #expect(throws: FetchError.self) {
            try read("[" + String(repeating: deep + ",", count: 130) + "1]")
        }
        #expect(error?.message.hasPrefix("the answer holds more than 200000 values and escapes") == true)
        #expect(try read("[" + String(repeating: deep + ",", count: 20) + "1]").array?.count == 21)
    }

    @Test func `A few values that nobody can read cost nothing but themselves`() throws {
        let value = try read(#"{"a":"\ud83d\ude00","b":"\ud83d","c":[1,1.5e3,-0.25,12]}"#)
        #expect(value == ["a": "😀", "b": nil, "c": [1, 1_500, -0.25, 12]])
    }

    /// The words of a speech of some hours.
    @Test func `Many values at a usual depth are read`() throws {
        let word = #"{"text":"na\u00efve 😀","start":1250,"end":1500.25,"speaker":null},"#
        let value = try read(#"{"result":{"words":["# + String(repeating: word, count: 20_000) + "1]}}")
        #expect(value["result"]?["words"]?.array?.count == 20_001)
    }
}
