import FetchCore
import FetchTesting

/// Responses that end early, arrive slowly, or don't match their announced length.
package enum BrokenResponses {
    package static let rows = incomplete + incomplete.map { $0.repeated() } + stalled + wrongLengths + slow + chunks

    private static func incomplete(_ name: String, _ response: LoopbackResponse) -> FaultCase {
        FaultCase(name, response, fetch: .retryable(.connectionFailed), updates: .done, requests: 2)
    }

    private static let incomplete = [
        incomplete("a reset after the head", .fault(.reset(.afterHead))),
        incomplete("a close after the head", .fault(.close(.afterHead))),
        incomplete("a reset in the body", .fault(.reset(.inBody(after: 10)))),
        incomplete("a close in the body", .fault(.close(.inBody(after: 10)))),
        incomplete("a body shorter than announced", .fault(.announcing(bodyBytes: 1_000), in: .done)),
    ]

    private static func stalled(_ name: String, _ fault: LoopbackFault) -> FaultCase {
        FaultCase(name, .fault(fault), fetch: .retryable(.requestTimeout), updates: .done, requests: 2)
            .withRequestTimeout(
                .milliseconds(1_500)
            )
    }

    private static let stalled = [
        stalled("silence after the head", .silence(.afterHead)),
        stalled("silence in the body", .silence(.inBody(after: 10))),
        stalled("silence in the status line", .silence(.inHead(after: 7))),
        stalled("silence in the header fields", .silence(.inHead(after: 30))),
        stalled("silence in the header fields", .silence(.inHead(after: 30)))
            .withRequestTimeout(.milliseconds(100)).untilDeadline(),
        stalled("silence in the body", .silence(.inBody(after: 10))).withRequestTimeout(.milliseconds(100))
            .untilDeadline(),
    ]

    private static let wrongLengths = [
        FaultCase(
            "a body longer than announced",
            .fault(.announcing(bodyBytes: 10)),
            fetch: .retryable(.malformedResponse),
            updates: .done,
            requests: 2
        ),
        FaultCase(
            "a length of zero before a body",
            .fault(.announcing(bodyBytes: 0)),
            fetch: .retryable(.malformedResponse),
            updates: .done,
            requests: 2
        ),
        FaultCase(
            "a negative length",
            .fault(.announcing(bodyBytes: -1)),
            fetch: .retryable(.connectionFailed),
            updates: .done,
            requests: 2
        ),
        FaultCase(
            "a length over the limit, before a small body",
            .fault(.announcing(bodyBytes: 9_000_000_000_000_000_000)),
            fetch: .permanent(.responseTooLarge),
            updates: .permanent(.responseTooLarge),
            requests: 1
        ),
        FaultCase(
            "an unsolicited second response after the first",
            .text(
                "HTTP/1.1 200 OK\r\nContent-Length: 23\r\n\r\n{\"status\":\"processing\"}"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{\"status\":\"failed\"}"
            ),
            fetch: .pending,
            updates: .done,
            requests: 2
        ),
    ]

    private static let slow = [
        FaultCase(
            "a slow body that is complete in time",
            .fault(.slowBody(every: .milliseconds(2))),
            fetch: .pending,
            updates: .done,
            requests: 2
        ),
        FaultCase(
            "one byte a second",
            .fault(.slowBody(every: .seconds(1))),
            fetch: .retryable(.requestTimeout),
            updates: .done,
            requests: 2
        ).withRequestTimeout(.milliseconds(1_500)),
        FaultCase(
            "one byte a second",
            .fault(.slowBody(every: .seconds(1))),
            fetch: .retryable(.requestTimeout),
            updates: .done,
            requests: 2
        ).withRequestTimeout(.milliseconds(100)).untilDeadline(),
        FaultCase(
            "a late response that is complete in time",
            .fault(.preceded(by: 103)).after(.milliseconds(200)),
            fetch: .pending,
            updates: .done,
            requests: 2
        ),
    ]

    private static func chunked(_ name: String, _ body: String, fetch: FaultCase.Outcome) -> FaultCase {
        FaultCase(
            name,
            .lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body: body),
            fetch: fetch,
            updates: .done,
            requests: 2
        )
    }

    private static let chunks = [
        chunked("chunks", "17\r\n{\"status\":\"processing\"}\r\n0\r\n\r\n", fetch: .pending),
        chunked(
            "chunks without a last one",
            "17\r\n{\"status\":\"processing\"}\r\n",
            fetch: .retryable(.connectionFailed)
        ),
        chunked("an incomplete chunk", "17\r\n{\"status\"", fetch: .retryable(.connectionFailed)),
        chunked("a chunk without a size", "{\"status\":\"processing\"}\r\n", fetch: .retryable(.connectionFailed)),
        chunked(
            "a chunk size that overflows every integer type",
            "\(String(repeating: "F", count: 40))\r\n{}",
            fetch: .retryable(.connectionFailed)
        ),
        chunked("an empty chunked body", "0\r\n\r\n", fetch: .retryable(.malformedResponse)),
    ]
}
