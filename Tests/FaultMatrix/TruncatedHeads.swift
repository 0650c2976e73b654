import FetchCore
import FetchTesting

/// Responses that end within the status line or the header fields, at every byte.
package enum TruncatedHeads {
    package static let rows = closed + reset

    private static let response = LoopbackResponse.json(#"{"status":"processing"}"#)

    /// The length in bytes of the server's head without its last byte.
    private static let truncatedLength =
        "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n".utf8.count - 1

    private static let closed = (0...truncatedLength).map {
        row("a close after \($0) bytes of the head", .close(.inHead(after: $0)))
    }

    private static let reset = stride(from: 0, through: truncatedLength, by: 6).map {
        row("a reset after \($0) bytes of the head", .reset(.inHead(after: $0)))
    }

    private static func row(_ name: String, _ fault: LoopbackFault) -> FaultCase {
        FaultCase(name, .fault(fault, in: response), fetch: .retryable(.connectionFailed), updates: .done, requests: 2)
            // Foundation on Linux crashes.
            .excluding(.urlSession)
    }
}
