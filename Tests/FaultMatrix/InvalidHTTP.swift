import FetchCore
import FetchTesting

/// Responses that aren't HTTP or violate its rules, and informational responses.
package enum InvalidHTTP {
    package static let rows = garbage + garbage.map { $0.repeated() } + heads + informational

    private static func garbage(_ name: String, _ bytes: some Sequence<UInt8>) -> FaultCase {
        FaultCase(name, .bytes(bytes), fetch: .retryable(.connectionFailed), updates: .done, requests: 2)
    }

    private static let garbage = [
        garbage("another protocol", "SSH-2.0-OpenSSH_9.9\r\n".utf8),
        garbage("a TLS alert", [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]),
        garbage("zeros", [UInt8](repeating: 0, count: 4_096)),
        garbage("a body without a head", #"{"status":"done"}"#.utf8),
        garbage("arbitrary bytes", (0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ 13) }),
        garbage("a very long line", String(repeating: "x", count: 300_000).utf8),
        garbage("an empty line", "\r\n\r\n".utf8),
        garbage("an unknown version", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}".utf8),
        garbage("a non-numeric status", "HTTP/1.1 OK\r\nContent-Length: 2\r\n\r\n{}".utf8),
    ]

    private static let body = #"{"status":"processing"}"#

    private static func head(_ name: String, _ lines: String..., fetch: FaultCase.Outcome) -> FaultCase {
        FaultCase(
            name,
            .text((lines + ["", ""]).joined(separator: "\r\n") + body),
            fetch: fetch,
            updates: .done,
            requests: 2
        )
    }

    private static let heads = [
        head("a head without a field", "HTTP/1.1 200 OK", fetch: .pending),
        head("no space after the status", "HTTP/1.1 200", "Content-Length: 23", fetch: .retryable(.connectionFailed))
            .over(.curl, .asyncHTTPClient, fetch: .pending),
        head("HTTP/1.0", "HTTP/1.0 200 OK", fetch: .pending),
        head(
            "line feeds without carriage returns",
            "HTTP/1.1 200 OK\nContent-Length: 23\nX: y",
            fetch: .retryable(.connectionFailed)
        ).over(.curl, fetch: .pending),
        head("two equal lengths", "HTTP/1.1 200 OK", "Content-Length: 23", "Content-Length: 23", fetch: .pending)
            .over(.asyncHTTPClient, fetch: .retryable(.connectionFailed)),
        head(
            "two different lengths",
            "HTTP/1.1 200 OK",
            "Content-Length: 23",
            "Content-Length: 9",
            fetch: .retryable(.malformedResponse)
        ).over(.asyncHTTPClient, fetch: .retryable(.connectionFailed)),
        head("a non-numeric length", "HTTP/1.1 200 OK", "Content-Length: many", fetch: .retryable(.connectionFailed)),
        head(
            "a length and chunks",
            "HTTP/1.1 200 OK",
            "Content-Length: 23",
            "Transfer-Encoding: chunked",
            fetch: .retryable(.connectionFailed)
        ),
        head(
            "a field without a colon",
            "HTTP/1.1 200 OK",
            "no colon",
            "Content-Length: 23",
            fetch: .retryable(.connectionFailed)
        ),
        head(
            "a field without a name",
            "HTTP/1.1 200 OK",
            ": x",
            "Content-Length: 23",
            fetch: .retryable(.connectionFailed)
        ).over(.curl, fetch: .pending),
        head("a folded field", "HTTP/1.1 200 OK", "X: a", " b", "Content-Length: 23", fetch: .pending)
            .over(.asyncHTTPClient, fetch: .retryable(.connectionFailed)),
        head("a control character in a field", "HTTP/1.1 200 OK", "X: a\u{1}b", "Content-Length: 23", fetch: .pending)
            .over(.asyncHTTPClient, fetch: .retryable(.connectionFailed)),
        head(
            "a NUL in a field",
            "HTTP/1.1 200 OK",
            "X: a\0b",
            "Content-Length: 23",
            fetch: .retryable(.connectionFailed)
        ),
        head(
            "a field that is too long",
            "HTTP/1.1 200 OK",
            "X: \(String(repeating: "x", count: 400_000))",
            fetch: .retryable(.connectionFailed)
        ),
        head("a status of 999", "HTTP/1.1 999 Odd", "Content-Length: 23", fetch: .retryable(.serverError)),
        head("a status of 1000", "HTTP/1.1 1000 Odd", "Content-Length: 23", fetch: .retryable(.connectionFailed)),
        // AsyncHTTPClient 1.37 crashes: it skips the head and then receives a body without one.
        head("a status of 99", "HTTP/1.1 099 Odd", "Content-Length: 23", fetch: .retryable(.connectionFailed))
            .excluding(.asyncHTTPClient),
        // AsyncHTTPClient 1.37 crashes: it skips the head and then receives a body without one.
        head("a status of 0", "HTTP/1.1 000 Odd", "Content-Length: 23", fetch: .retryable(.connectionFailed))
            .excluding(.asyncHTTPClient),
    ]

    private static func informational(_ name: String, _ response: LoopbackResponse) -> FaultCase {
        FaultCase(name, response, fetch: .pending, updates: .done, requests: 2)
    }

    private static let informational = [
        informational("100 before the response", .fault(.preceded(by: 100))),
        informational("102 before the response", .fault(.preceded(by: 102))),
        informational("103 before the response", .fault(.preceded(by: 103))),
        informational(
            "many informational responses before the response",
            .fault(.preceded(by: 100, 100, 102, 103, 103))
        ),
        FaultCase(
            "an unsolicited 101",
            .lines("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", body: "\u{1}\u{2}"),
            fetch: .permanent(.badRequest),
            updates: .permanent(.badRequest),
            requests: 1
        ),
        FaultCase(
            "100 without a final response",
            .text("HTTP/1.1 100 Continue\r\n\r\n"),
            fetch: .retryable(.connectionFailed),
            updates: .done,
            requests: 2
        ),
    ]
}
