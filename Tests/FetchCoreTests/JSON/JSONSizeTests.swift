import FetchCore
import Foundation
import Testing

/// Answers that would keep a decoder busy for longer than any deadline.
@Suite struct JSONSizeTests {
    @Test(arguments: ["1,", "[],", #""\u00e9","#, "{},"])
    func `An answer of more values than any provider's is an error at once`(element: String) {
        let body = "[" + String(repeating: element, count: 200_001) + "1]"
        let response = FetchResponse(status: 200, body: Data(body.utf8))
        let error = #expect(throws: FetchError.self) { try response.json(JSONValue.self) }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.hasPrefix("the response holds more than 200000 values at byte") == true)
    }

    @Test(arguments: ["1,", "[],", #""\u00e9","#, "{},"])
    func `A decoder isn't given more values than any provider's`(element: String) {
        let body = #"{"values":["# + String(repeating: element, count: 200_001) + "1]}"
        let response = FetchResponse(status: 200, body: Data(body.utf8))
        let error = #expect(throws: FetchError.self) { try response.json([String: Set<Int>].self) }
        #expect(error?.message.hasPrefix("the response holds more than 200000 values and escapes at byte") == true)
    }

    @Test func `Strings and names are limited together, without their escapes`() throws {
        let response = FetchResponse(status: 200, body: Data(#"{"na\u00efve":["abc","d\n"],"e":""}"#.utf8))
        var limits = JSONLimits()
        limits.text = 12
        #expect(try response.jsonValue(within: limits)["e"] == "")
        limits.text = 11
        let error = #expect(throws: FetchError.self) { try response.jsonValue(within: limits) }
        #expect(error?.message.hasPrefix("the response holds more than 11 bytes in strings at byte 31") == true)
        #expect(JSONLimits().text == 64 << 20)
    }

    @Test func `Escapes in a file cost no more than its letters`() throws {
        let file = String(repeating: #"aGVs\/bG8\n"#, count: 300_000)
        let response = FetchResponse(status: 200, body: Data(#"{"file":"\#(file)"}"#.utf8))
        #expect(try response.json(JSONValue.self)["file"]?.string?.utf8.count == 2_700_000)
    }

    @Test func `A large file inside an answer is no such thing`() throws {
        let file = String(repeating: "aGVsbG8gd29ybGQ=", count: 100_000)
        let response = FetchResponse(status: 200, body: Data(#"{"file":"\#(file)"}"#.utf8))
        #expect(try response.json(JSONValue.self)["file"]?.string?.count == 1_600_000)
    }
}
