import FetchCore
import Foundation
import Testing

@Suite("HTTP date parsing") struct HTTPDateTests {
    private static let validDates: [(text: String, seconds: Double)] = [
        // The three formats of RFC 9110, with its example date.
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
        ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
        ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
        ("Fri, 31 Dec 2027 23:59:60 GMT", 1_830_297_600),
        ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ("Friday, 01-Jan-70 00:00:00 GMT", 0),
        ("Thursday, 01-Jan-69 00:00:00 GMT", 3_124_224_000),
        ("Thu Nov 16 09:05:01 2023", 1_700_125_501),
    ]

    @Test(arguments: validDates.indices)
    func `each of the three formats is parsed`(index: Int) {
        let (text, seconds) = Self.validDates[index]
        #expect(HTTPDate.date(from: text) == Date(timeIntervalSince1970: seconds), "\(text)")
    }

    @Test(arguments: [
        "", "soon", "120", "Sun", "GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 GMT", "06 Nov 1994",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 +0100", "Sun, 06 Nov 1994 08:49:37 PST", "Sun, 06 Nov 10000 08:49:37 GMT",
        "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "1994-11-06T08:49:37Z", "Sun, ٠٦ Nov 1994 08:49:37 GMT",
        ", , : - GMT", "Sun, -6 Nov 1994 08:49:-37 GMT Nov",
    ])
    func `any other text is refused`(text: String) {
        #expect(HTTPDate.date(from: text) == nil)
    }

    @Test func `each day of eight years is parsed as Foundation formats it`() throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let wrong = stride(from: 0.0, to: 8 * 366 * 86_400, by: 86_461)
            .map { Date(timeIntervalSince1970: 1_700_000_000 + $0) }
            .filter { HTTPDate.date(from: formatter.string(from: $0)) != $0 }
        #expect(wrong == [])
    }
}
