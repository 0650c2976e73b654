import FetchCore
import Foundation
import Testing

@Suite("Retry-After parsing") struct RetryAfterTests {
    /// The current time of the tests: 6 November 1994, 08:49:37 GMT.
    private let now = Date(timeIntervalSince1970: 784_111_777)

    private func hint(_ headers: HeaderFields, status: Int = 200) -> Duration? {
        var response = FetchResponse(status: status, headers: headers)
        response.receivedAt = now
        return response.retryAfter
    }

    @Test(arguments: ["retry-after-ms", "x-ms-retry-after-ms", "Retry-After-Ms"], [200, 202, 404, 429, 500, 503])
    func `milliseconds are read with any status, and before Retry-After`(name: String, status: Int) {
        #expect(hint([name: "2500"], status: status) == .milliseconds(2_500))
        #expect(hint(["Retry-After": "60", name: " 250.5 "], status: status) == .microseconds(250_500))
        #expect(hint(["Retry-After": "60", name: "soon"], status: status) == .seconds(60))
        #expect(hint([name: "-1"], status: status) == .zero)
        #expect(hint([name: "1e300"], status: status) == .seconds(3_155_760_000))
    }

    @Test(arguments: [
        ("0", 0), ("1", 1), ("120", 120), ("2.5", 2.5), ("1e2", 100), ("-1", 0), ("1e300", 3_155_760_000),
    ])
    func `a number of seconds is parsed and clamped`(text: String, seconds: Double) {
        #expect(hint(["Retry-After": text]) == .seconds(seconds))
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:57 GMT", 20.0), ("Sunday, 06-Nov-94 08:49:57 GMT", 20),
        ("Sun Nov  6 08:49:57 1994", 20), ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sat, 05 Nov 1994 08:49:37 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3_155_760_000),
    ])
    func `a date is parsed relative to the current time`(text: String, seconds: Double) {
        #expect(hint(["retry-after": text]) == .seconds(seconds))
    }

    @Test(arguments: ["", "soon", "nan", "-nan", "12 s", "1,5", "0x", "½", "Sun, 06 Nov 1994"])
    func `any other value is ignored`(text: String) {
        #expect(hint(["Retry-After": text]) == nil)
    }

    @Test func `a missing header gives no hint`() {
        #expect(hint(["Date": "Sun, 06 Nov 1994 08:49:37 GMT"]) == nil)
    }

    @Test func `surrounding spaces are ignored`() {
        #expect(hint(["Retry-After": " 7 "]) == .seconds(7))
    }

    @Test func `a date is relative to the Date header of the response, whatever the local clock`() {
        let date = "Fri, 01 Jan 2100 00:00:00 GMT"
        #expect(hint(["Retry-After": "Fri, 01 Jan 2100 00:00:09 GMT", "Date": date]) == .seconds(9))
        #expect(hint(["Retry-After": "Sun, 06 Nov 1994 08:49:57 GMT", "Date": "yesterday"]) == .seconds(20))
    }
}
