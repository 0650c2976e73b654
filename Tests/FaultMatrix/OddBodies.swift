import FetchCore
import FetchTesting
import Foundation

/// Answers whose head is as it should be, and whose body or media type isn't.
package enum OddBodies {
    package static let rows =
        unreadable + unreadable.map { $0.forEver() } + [manyValues] + mediaTypes + packed + large

    private static let processing = #"{"status":"processing"}"#

    private static func body(_ name: String, _ bytes: some Collection<UInt8>) -> FaultCase {
        FaultCase(
            name,
            .response(FetchResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(bytes))),
            fetch: .again(.malformedResponse),
            wait: .done,
            requests: 2
        )
    }

    private static let unreadable = [
        body("no body", []),
        body("HTML instead of JSON", "<!doctype html><title>Please wait</title>".utf8),
        body("half of the JSON", #"{"status":"proc"#.utf8),
        body("JSON and more behind it", (processing + processing).utf8),
        body("JSON of another shape", #"["processing"]"#.utf8),
        body("a number for a word", #"{"status":7}"#.utf8),
        body("null", "null".utf8),
        body("invalid UTF-8", Array(#"{"status":"do"#.utf8) + [0xFF, 0xC0, 0x80] + Array("\"}".utf8)),
        body("half a surrogate", #"{"status":"\ud800"}"#.utf8),
        body("UTF-16", processing.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }),
        body("zeros", [UInt8](repeating: 0, count: 100)),
        body("a hundred thousand arrays", String(repeating: "[", count: 100_000).utf8),
    ]

    private static let manyValues = body(
        "many values",
        #"{"status":"processing","values":[\#(String(repeating: "0,", count: 200_000))0]}"#.utf8
    )

    private static func mediaType(_ name: String, _ headers: HeaderFields, _ body: String = processing) -> FaultCase {
        FaultCase(
            name,
            .response(FetchResponse(status: 200, headers: headers, body: Data(body.utf8))),
            fetch: .pending,
            wait: .done,
            requests: 2
        )
    }

    private static let mediaTypes = [
        mediaType("no media type", [:]),
        mediaType("JSON as HTML", ["Content-Type": "text/html"]),
        mediaType("JSON as a picture", ["Content-Type": "image/png"]),
        mediaType("JSON in a charset that it isn't in", ["Content-Type": "application/json; charset=utf-16"]),
        mediaType("a media type that is none", ["Content-Type": ";;=/"]),
        mediaType("two media types", ["Content-Type": "text/html", "content-type": "application/json"]),
        mediaType("a byte order mark", ["Content-Type": "application/json"], "\u{FEFF}\(processing)"),
    ]

    private static func packed(_ name: String, _ answer: LoopbackAnswer, fetch: FaultCase.Outcome) -> FaultCase {
        FaultCase(name, answer, fetch: fetch, wait: .done, requests: 2)
    }

    private static func announced(_ encoding: String, _ bytes: [UInt8]) -> LoopbackAnswer {
        .response(FetchResponse(status: 200, headers: ["Content-Encoding": encoding], body: Data(bytes)))
    }

    private static let packed = [
        packed("gzip", .fault(.gzip), fetch: .pending),
        packed("gzip that is none", announced("gzip", Array(processing.utf8)), fetch: .again(.connectionFailed)),
        packed("gzip and nothing in it", announced("gzip", []), fetch: .again(.malformedResponse))
            .over(.asyncHTTPClient, fetch: .again(.connectionFailed)),
        packed("gzip that breaks off", announced("gzip", [0x1F, 0x8B, 8, 0, 0, 0]), fetch: .again(.malformedResponse))
            .over(.asyncHTTPClient, fetch: .again(.connectionFailed)),
        packed("an unknown packing", announced("x-unknown", [1, 2, 3]), fetch: .again(.connectionFailed))
            .over(.asyncHTTPClient, fetch: .again(.malformedResponse)),
        packed(
            "seven packings",
            announced("gzip, gzip, gzip, gzip, gzip, gzip, gzip", [0x1F, 0x8B]),
            fetch: .again(.connectionFailed)
        ),
        FaultCase(
            "a bomb of gzip",
            .fault(.gzipBomb(bytes: 16 << 20)),
            fetch: .never(.responseTooLarge),
            wait: .never(.responseTooLarge),
            requests: 1
        ),
    ]

    /// JSON of so many bytes.
    private static func ofSize(_ count: Int) -> FetchResponse {
        let beginning = #"{"status":"processing","link":""#
        let padding = Data(repeating: UInt8(ascii: "x"), count: count - beginning.utf8.count - 2)
        return FetchResponse(status: 200, body: Data(beginning.utf8) + padding + Data(#""}"#.utf8))
    }

    private static let large = [
        FaultCase(
            "8 MB that are announced",
            .response(ofSize(8 << 20)),
            fetch: .never(.responseTooLarge),
            wait: .never(.responseTooLarge),
            requests: 1
        ),
        FaultCase(
            "8 MB that aren't announced",
            .bytes(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + ofSize(8 << 20).body),
            fetch: .never(.responseTooLarge),
            wait: .never(.responseTooLarge),
            requests: 1
        ),
        FaultCase("as much as is allowed", .response(ofSize(1_000)), fetch: .pending, wait: .done, requests: 2)
            .limited(to: 1_000),
        FaultCase(
            "a byte more than is allowed",
            .response(ofSize(1_001)),
            fetch: .never(.responseTooLarge),
            wait: .never(.responseTooLarge),
            requests: 1
        ).limited(to: 1_000),
        FaultCase("2 MB that are allowed", .response(ofSize(2 << 20)), fetch: .pending, wait: .done, requests: 2)
            .limited(to: 4 << 20),
    ]
}
