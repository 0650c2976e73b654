import FetchCore
import FetchTesting

/// Responses with trailers, extreme lengths or an endless body.
package enum TrailersAndLengths {
    package static let rows = trailers + lengths + endless

    private static func chunked(_ name: String, _ chunks: String) -> FaultCase {
        FaultCase(
            name,
            .lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body: chunks),
            fetch: .pending,
            updates: .done,
            requests: 2
        )
        // Foundation on Linux crashes on a trailer.
        .excluding(.urlSession)
    }

    private static let processing = "17\r\n{\"status\":\"processing\"}\r\n0\r\n"

    private static let trailers = [
        chunked("a trailer", "\(processing)X-Trailer: 1\r\n\r\n"),
        chunked("a trailer of many fields", processing + String(repeating: "X-Trailer: 1\r\n", count: 50) + "\r\n"),
        chunked(
            "a trailer that looks like a head",
            "\(processing)Content-Length: 5\r\nTransfer-Encoding: gzip\r\n\r\n"
        ).over(.asyncHTTPClient, fetch: .retryable(.connectionFailed)),
    ]

    private static func length(_ digits: String) -> FaultCase {
        FaultCase(
            "a length of \(digits)",
            .lines("HTTP/1.1 200 OK", "Content-Length: \(digits)", body: #"{"status":"processing"}"#),
            fetch: .permanent(.responseTooLarge),
            updates: .permanent(.responseTooLarge),
            requests: 1
        )
        // Foundation on Linux crashes on lengths from about 2^63.
        .excluding(.urlSession)
    }

    /// Lengths around 2^63 and 2^64.
    private static let lengths =
        ["9223372036854775806", "9223372036854775807"].map(length)
        + [
            "9223372036854775808", "9223372036854775809", "18446744073709551615", "18446744073709551616",
            "18446744073709551639", String(repeating: "9", count: 100),
        ].map { length($0).over(.asyncHTTPClient, fetch: .retryable(.connectionFailed)) }

    private static func endless(_ name: String, _ fault: LoopbackFault, in body: String) -> FaultCase {
        FaultCase(
            name,
            .fault(fault, in: .json(body)),
            fetch: .permanent(.responseTooLarge),
            updates: .permanent(.responseTooLarge),
            requests: 1
        )
    }

    private static let endless = [
        endless("an endless body", .endlessBody, in: String(repeating: "x", count: 50_000)),
        // On Linux, this blocks URLSession's work queue and thereby all other requests until the server stops.
        endless("an endless gzip body", .gzipBomb(bytes: .max), in: "").excluding(.urlSession),
    ]
}
