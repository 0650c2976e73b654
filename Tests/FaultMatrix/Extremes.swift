import FetchCore
import FetchTesting

/// Responses with trailers, and of sizes beyond all limits.
package enum Extremes {
    package static let rows = trailers + lengths + endless

    private static func chunked(_ name: String, _ chunks: String) -> FaultCase {
        FaultCase(
            name,
            .lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body: chunks),
            fetch: .pending,
            wait: .done,
            requests: 2
        )
        // A trailer ends the process, within Foundation on Linux.
        .leavingOut(.urlSession)
    }

    private static let processing = "17\r\n{\"status\":\"processing\"}\r\n0\r\n"

    private static let trailers = [
        chunked("a trailer", "\(processing)X-Trailer: 1\r\n\r\n"),
        chunked("a trailer of many fields", processing + String(repeating: "X-Trailer: 1\r\n", count: 50) + "\r\n"),
        chunked(
            "a trailer that looks like a head",
            "\(processing)Content-Length: 5\r\nTransfer-Encoding: gzip\r\n\r\n"
        ).over(.asyncHTTPClient, fetch: .again(.connectionFailed)),
    ]

    private static func length(_ text: String) -> FaultCase {
        FaultCase(
            "a length of \(text)",
            .lines("HTTP/1.1 200 OK", "Content-Length: \(text)", body: #"{"status":"processing"}"#),
            fetch: .never(.responseTooLarge),
            wait: .never(.responseTooLarge),
            requests: 1
        )
        // A length of nearly 2^63 and more ends the process, within Foundation on Linux.
        .leavingOut(.urlSession)
    }

    /// Around 2^63 and 2^64.
    private static let lengths =
        ["9223372036854775806", "9223372036854775807"].map(length)
        + [
            "9223372036854775808", "9223372036854775809", "18446744073709551615", "18446744073709551616",
            "18446744073709551639", String(repeating: "9", count: 100),
        ].map { length($0).over(.asyncHTTPClient, fetch: .again(.connectionFailed)) }

    private static func endless(_ name: String, _ fault: LoopbackFault, in body: String) -> FaultCase {
        FaultCase(
            name,
            .fault(fault, in: .json(body)),
            fetch: .never(.responseTooLarge),
            wait: .never(.responseTooLarge),
            requests: 1
        )
    }

    private static let endless = [
        endless("a body without an end", .endlessBody, in: String(repeating: "x", count: 50_000)),
        // Keeps URLSession's work queue on Linux busy until the server stops, and with it all other requests.
        endless("a gzip without an end", .gzipBomb(bytes: .max), in: "").leavingOut(.urlSession),
    ]
}
