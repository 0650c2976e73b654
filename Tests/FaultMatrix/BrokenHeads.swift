import FetchCore
import FetchTesting

/// Responses that break off within the status line or the header fields, at each byte.
package enum BrokenHeads {
    package static let rows = closed + reset

    private static let answer = LoopbackAnswer.json(#"{"status":"processing"}"#)

    /// The length of the head that the server sends, without its last byte.
    private static let head =
        "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n".utf8.count - 1

    private static let closed = (0...head).map {
        row("a close behind \($0) bytes of the head", .close(.inHead(after: $0)))
    }

    private static let reset = stride(from: 0, through: head, by: 6).map {
        row("a reset behind \($0) bytes of the head", .reset(.inHead(after: $0)))
    }

    private static func row(_ name: String, _ fault: LoopbackFault) -> FaultCase {
        FaultCase(name, .fault(fault, in: answer), fetch: .again(.connectionFailed), wait: .done, requests: 2)
            // Ends the process, within Foundation on Linux.
            .leavingOut(.urlSession)
    }
}
