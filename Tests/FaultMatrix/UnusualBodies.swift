import FetchCore
import FetchTesting
import Foundation

/// Responses with a valid head and an unusual body, media type, content coding or size.
package enum UnusualBodies {
    package static let rows =
        unreadable + unreadable.map { $0.repeated() } + [manyValues] + mediaTypes + encoded + large

    private static let processing = #"{"status":"processing"}"#

    private static func body(_ name: String, _ bytes: some Collection<UInt8>) -> FaultCase {
        FaultCase(
            name,
            .response(FetchResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(bytes))),
            fetch: .retryable(.malformedResponse),
            updates: .done,
            requests: 2
        )
    }

    private static let unreadable = [
        body("no body", []),
        body("HTML instead of JSON", "<!doctype html><title>Please wait</title>".utf8),
        body("truncated JSON", #"{"status":"proc"#.utf8),
        body("JSON with trailing data", (processing + processing).utf8),
        body("JSON of another type", #"["processing"]"#.utf8),
        body("a number instead of a string", #"{"status":7}"#.utf8),
        body("null", "null".utf8),
        body("invalid UTF-8", Array(#"{"status":"do"#.utf8) + [0xFF, 0xC0, 0x80] + Array("\"}".utf8)),
        body("an unpaired surrogate", #"{"status":"\ud800"}"#.utf8),
        body("UTF-16", processing.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }),
        body("zeros", [UInt8](repeating: 0, count: 100)),
        body("100,000 nested arrays", String(repeating: "[", count: 100_000).utf8),
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
            updates: .done,
            requests: 2
        )
    }

    private static let mediaTypes = [
        mediaType("no media type", [:]),
        mediaType("JSON labelled as HTML", ["Content-Type": "text/html"]),
        mediaType("JSON labelled as an image", ["Content-Type": "image/png"]),
        mediaType("JSON with a wrong charset", ["Content-Type": "application/json; charset=utf-16"]),
        mediaType("an invalid media type", ["Content-Type": ";;=/"]),
        mediaType("two media types", ["Content-Type": "text/html", "content-type": "application/json"]),
        mediaType("a byte order mark", ["Content-Type": "application/json"], "\u{FEFF}\(processing)"),
    ]

    private static func encoded(_ name: String, _ response: LoopbackResponse, fetch: FaultCase.Outcome) -> FaultCase {
        FaultCase(name, response, fetch: fetch, updates: .done, requests: 2)
    }

    private static func announced(_ encoding: String, _ bytes: [UInt8]) -> LoopbackResponse {
        .response(FetchResponse(status: 200, headers: ["Content-Encoding": encoding], body: Data(bytes)))
    }

    private static let encoded = [
        encoded("gzip", .fault(.gzip), fetch: .pending),
        encoded("invalid gzip", announced("gzip", Array(processing.utf8)), fetch: .retryable(.connectionFailed)),
        encoded("empty gzip", announced("gzip", []), fetch: .retryable(.malformedResponse))
            .over(.asyncHTTPClient, fetch: .retryable(.connectionFailed)),
        encoded("incomplete gzip", announced("gzip", [0x1F, 0x8B, 8, 0, 0, 0]), fetch: .retryable(.malformedResponse))
            .over(.asyncHTTPClient, fetch: .retryable(.connectionFailed)),
        encoded("an unknown content coding", announced("x-unknown", [1, 2, 3]), fetch: .retryable(.connectionFailed))
            .over(.asyncHTTPClient, fetch: .retryable(.malformedResponse)),
        encoded(
            "seven content codings",
            announced("gzip, gzip, gzip, gzip, gzip, gzip, gzip", [0x1F, 0x8B]),
            fetch: .retryable(.connectionFailed)
        ),
        FaultCase(
            "a gzip bomb",
            .fault(.gzipBomb(bytes: 16 << 20)),
            fetch: .permanent(.responseTooLarge),
            updates: .permanent(.responseTooLarge),
            requests: 1
        ),
    ]

    /// Returns a JSON response of an exact size in bytes.
    private static func response(ofSize count: Int) -> FetchResponse {
        let beginning = #"{"status":"processing","link":""#
        let padding = Data(repeating: UInt8(ascii: "x"), count: count - beginning.utf8.count - 2)
        return FetchResponse(status: 200, body: Data(beginning.utf8) + padding + Data(#""}"#.utf8))
    }

    private static let large = [
        FaultCase(
            "8 MB with a length",
            .response(response(ofSize: 8 << 20)),
            fetch: .permanent(.responseTooLarge),
            updates: .permanent(.responseTooLarge),
            requests: 1
        ),
        FaultCase(
            "8 MB without a length",
            .bytes(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + response(ofSize: 8 << 20).body),
            fetch: .permanent(.responseTooLarge),
            updates: .permanent(.responseTooLarge),
            requests: 1
        ),
        FaultCase("exactly the limit", .response(response(ofSize: 1_000)), fetch: .pending, updates: .done, requests: 2)
            .limited(to: 1_000),
        FaultCase(
            "one byte over the limit",
            .response(response(ofSize: 1_001)),
            fetch: .permanent(.responseTooLarge),
            updates: .permanent(.responseTooLarge),
            requests: 1
        ).limited(to: 1_000),
        FaultCase(
            "2 MB within the limit",
            .response(response(ofSize: 2 << 20)),
            fetch: .pending,
            updates: .done,
            requests: 2
        )
        .limited(to: 4 << 20),
    ]
}
