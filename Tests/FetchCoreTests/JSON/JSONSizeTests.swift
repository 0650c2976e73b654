import FetchCore
import Foundation
import Testing

/// Tests of the limits on the size of JSON, which bound the time of decoding.
@Suite("JSON size limits") struct JSONSizeTests {
    @Test(arguments: ["1,", "[],", #""\u00e9","#, "{},"])
    func `a response with more than 200,000 values is an error`(element: String) {
        let body = "[" + String(repeating: element, count: 200_001) + "1]"
        let response = FetchResponse(status: 200, body: Data(body.utf8))
        let error = #expect(throws: FetchError.self) { try response.json(JSONValue.self) }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.hasPrefix("the response contains more than 200000 values at byte") == true)
    }

    @Test(arguments: ["1,", "[],", #""\u00e9","#, "{},"])
    func `a decoder is not run on more than 200,000 values`(element: String) {
        let body = #"{"values":["# + String(repeating: element, count: 200_001) + "1]}"
        let response = FetchResponse(status: 200, body: Data(body.utf8))
        let error = #expect(throws: FetchError.self) { try response.json([String: Set<Int>].self) }
        #expect(error?.message.hasPrefix("the response contains more than 200000 values and escapes at byte") == true)
    }

    @Test func `the limit on strings covers values and names, without their escapes`() throws {
        let response = FetchResponse(status: 200, body: Data(#"{"na\u00efve":["abc","d\n"],"e":""}"#.utf8))
        var limits = JSONLimits()
        limits.text = 12
        #expect(try response.jsonValue(within: limits)["e"] == "")
        limits.text = 11
        let error = #expect(throws: FetchError.self) { try response.jsonValue(within: limits) }
        #expect(error?.message.hasPrefix("the response contains more than 11 bytes in strings at byte 31") == true)
        #expect(JSONLimits().text == 64 << 20)
    }

    @Test func `escapes in a long string do not count towards the limit on values`() throws {
        let file = String(repeating: #"aGVs\/bG8\n"#, count: 300_000)
        let response = FetchResponse(status: 200, body: Data(#"{"file":"\#(file)"}"#.utf8))
        #expect(try response.json(JSONValue.self)["file"]?.string?.utf8.count == 2_700_000)
    }

    @Test func `a large file in a response is accepted`() throws {
        let file = String(repeating: "aGVsbG8gd29ybGQ=", count: 100_000)
        let response = FetchResponse(status: 200, body: Data(#"{"file":"\#(file)"}"#.utf8))
        #expect(try response.json(JSONValue.self)["file"]?.string?.count == 1_600_000)
    }
}
