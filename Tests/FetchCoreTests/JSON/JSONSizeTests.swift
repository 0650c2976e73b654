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
        #expect(error?.message.hasPrefix("the answer holds more than 200000 values and escapes") == true)
    }

    @Test func `A large file inside an answer is no such thing`() throws {
        let file = String(repeating: "aGVsbG8gd29ybGQ=", count: 100_000)
        let response = FetchResponse(status: 200, body: Data(#"{"file":"\#(file)"}"#.utf8))
        #expect(try response.json(JSONValue.self)["file"]?.string?.count == 1_600_000)
    }
}
