import FetchCore
import Foundation
import Testing

@Suite struct `Retry-After` {
    /// The 6th of November 1994, 08:49:37.
    private let now = Date(timeIntervalSince1970: 784_111_777)

    private func hint(_ headers: HeaderFields) -> Duration? {
        FetchResponse(status: 200, headers: headers).retryAfter(now: now)
    }

    @Test(arguments: [
        ("0", 0), ("1", 1), ("120", 120), ("2.5", 2.5), ("1e2", 100), ("-1", 0), ("1e300", 3_155_760_000),
    ])
    func `in seconds`(text: String, seconds: Double) {
        #expect(hint(["Retry-After": text]) == .seconds(seconds))
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:57 GMT", 20.0), ("Sunday, 06-Nov-94 08:49:57 GMT", 20),
        ("Sun Nov  6 08:49:57 1994", 20), ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sat, 05 Nov 1994 08:49:37 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3_155_760_000),
    ])
    func `as a date`(text: String, seconds: Double) {
        #expect(hint(["retry-after": text]) == .seconds(seconds))
    }

    @Test(arguments: ["", "soon", "nan", "-nan", "12 s", "1,5", "0x", "½", "Sun, 06 Nov 1994"])
    func `that is neither is none`(text: String) {
        #expect(hint(["Retry-After": text]) == nil)
    }

    @Test func `that isn't there is none`() {
        #expect(hint(["Date": "Sun, 06 Nov 1994 08:49:37 GMT"]) == nil)
    }

    @Test func `with spaces around it is read all the same`() {
        #expect(hint(["Retry-After": " 7 "]) == .seconds(7))
    }

    @Test func `as a date is measured by the server's clock, however wrong that is`() {
        let date = "Fri, 01 Jan 2100 00:00:00 GMT"
        #expect(hint(["Retry-After": "Fri, 01 Jan 2100 00:00:09 GMT", "Date": date]) == .seconds(9))
        #expect(hint(["Retry-After": "Sun, 06 Nov 1994 08:49:57 GMT", "Date": "yesterday"]) == .seconds(20))
    }
}
