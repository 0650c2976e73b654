import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("Ranges and validators of responses") struct ContentRangeTests {
    @Test(
        arguments: [
            ("bytes 5-9/10", .part(first: 5, last: 9, total: 10)), ("bytes 0-0/1", .part(first: 0, last: 0, total: 1)),
            ("bytes 5-9/*", .part(first: 5, last: 9, total: nil)), ("bytes */10", .unsatisfied(total: 10)),
            ("BYTES  5-9/10 ", .part(first: 5, last: 9, total: 10)), ("bytes */0", .unsatisfied(total: 0)),
            ("bytes 0-9223372036854775805/9223372036854775807", .part(first: 0, last: .max - 2, total: .max)),
            ("bytes */*", nil), ("bytes 9-5/10", nil), ("bytes 5-10/10", nil), ("bytes 5-9/9", nil), ("bytes 5-9", nil),
            ("bytes=5-9/10", nil), ("items 5-9/10", nil), ("5-9/10", nil), ("", nil), ("bytes", nil), ("bytes ", nil),
            ("bytes -5/10", nil), ("bytes 5-/10", nil), ("bytes -/10", nil), ("bytes +5-9/10", nil),
            ("bytes 5-9/+10", nil),
            ("bytes 5 - 9/10", nil), ("bytes 5-9/10/11", nil), ("bytes 5-9-10/11", nil), ("bytes ٥-٩/10", nil),
            ("bytes 0-9223372036854775807/*", nil), ("bytes 0-18446744073709551615/18446744073709551616", nil),
            ("bytes 99999999999999999999-99999999999999999999/*", nil), ("bytes 5-9/-10", nil), ("bytés 5-9/10", nil),
            ("bytes 0x5-0x9/10", nil), ("multipart/byteranges", nil),
        ] as [(String, ContentRange?)]
    )
    func `a content range is read or refused`(value: String, expected: ContentRange?) {
        #expect(ContentRange(value) == expected)
    }

    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let second = "Sun, 06 Nov 1994 08:49:38 GMT"

    private static let validators: [(HeaderFields, String?)] = [
        (["ETag": "\"abc\""], "\"abc\""), (["etag": " \"\" "], "\"\""), (["ETag": "\"a b\""], nil),
        (["ETag": "W/\"abc\""], nil), (["ETag": "abc"], nil), (["ETag": "\""], nil), (["ETag": ""], nil),
        (["ETag": "\"a\"b\""], nil), (["ETag": "\"a\r\nX: y\""], nil), (["ETag": "\"é\""], nil),
        (["Last-Modified": date, "Date": second], date), (["Last-Modified": date, "Date": date], nil),
        (["Last-Modified": second, "Date": date], nil), (["Last-Modified": date], nil), (["Date": second], nil),
        (["Last-Modified": "yesterday", "Date": second], nil), (["Last-Modified": date, "Date": "now"], nil),
        // An entity tag excludes the date (RFC 9110, section 13.1.5).
        (["ETag": "W/\"a\"", "Last-Modified": date, "Date": second], nil),
        (["ETag": "\"a\"", "Last-Modified": date, "Date": second], "\"a\""), ([:], nil),
    ]

    @Test(arguments: validators)
    func `only a strong validator is one`(headers: HeaderFields, expected: String?) {
        #expect(Validator(headers)?.ifRange == expected)
    }
}
