import FetchCore
import FetchTesting

/// Answers that begin well and break off, come slowly, or are longer or shorter than they say.
package enum BrokenAnswers {
    package static let rows = lost + lost.map { $0.forEver() } + stalled + wrongLengths + slow + chunks

    private static func lost(_ name: String, _ answer: LoopbackAnswer) -> FaultCase {
        FaultCase(name, answer, fetch: .again(.connectionFailed), wait: .done, requests: 2)
    }

    private static let lost = [
        lost("a reset behind the head", .fault(.reset(.afterHead))),
        lost("a close behind the head", .fault(.close(.afterHead))),
        lost("a reset in the body", .fault(.reset(.inBody(after: 10)))),
        lost("a close in the body", .fault(.close(.inBody(after: 10)))),
        lost("a body shorter than announced", .fault(.announcing(bodyBytes: 1_000), in: .done)),
    ]

    private static func stalled(_ name: String, _ fault: LoopbackFault) -> FaultCase {
        FaultCase(name, .fault(fault), fetch: .again(.requestTimeout), wait: .done, requests: 2).within(
            .milliseconds(1_500)
        )
    }

    private static let stalled = [
        stalled("silence behind the head", .silence(.afterHead)),
        stalled("silence in the body", .silence(.inBody(after: 10))),
        stalled("silence in the status line", .silence(.inHead(after: 7))),
        stalled("silence in the header fields", .silence(.inHead(after: 30))),
        stalled("silence in the header fields", .silence(.inHead(after: 30)))
            .within(.milliseconds(100)).untilDeadline(),
        stalled("silence in the body", .silence(.inBody(after: 10))).within(.milliseconds(100)).untilDeadline(),
    ]

    private static let wrongLengths = [
        FaultCase(
            "a body longer than announced",
            .fault(.announcing(bodyBytes: 10)),
            fetch: .again(.malformedResponse),
            wait: .done,
            requests: 2
        ),
        FaultCase(
            "a length of zero before a body",
            .fault(.announcing(bodyBytes: 0)),
            fetch: .again(.malformedResponse),
            wait: .done,
            requests: 2
        ),
        FaultCase(
            "a negative length",
            .fault(.announcing(bodyBytes: -1)),
            fetch: .again(.connectionFailed),
            wait: .done,
            requests: 2
        ),
        FaultCase(
            "a length over the limit, before a small body",
            .fault(.announcing(bodyBytes: 9_000_000_000_000_000_000)),
            fetch: .never(.responseTooLarge),
            wait: .never(.responseTooLarge),
            requests: 1
        ),
        FaultCase(
            "a second answer behind the first, which is none to the next request",
            .text(
                "HTTP/1.1 200 OK\r\nContent-Length: 23\r\n\r\n{\"status\":\"processing\"}"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{\"status\":\"failed\"}"
            ),
            fetch: .pending,
            wait: .done,
            requests: 2
        ),
    ]

    private static let slow = [
        FaultCase(
            "a body that comes byte by byte, in time",
            .fault(.slowBody(every: .milliseconds(2))),
            fetch: .pending,
            wait: .done,
            requests: 2
        ),
        FaultCase(
            "one byte a second",
            .fault(.slowBody(every: .seconds(1))),
            fetch: .again(.requestTimeout),
            wait: .done,
            requests: 2
        ).within(.milliseconds(1_500)),
        FaultCase(
            "one byte a second",
            .fault(.slowBody(every: .seconds(1))),
            fetch: .again(.requestTimeout),
            wait: .done,
            requests: 2
        ).within(.milliseconds(100)).untilDeadline(),
        FaultCase(
            "an answer that comes late, and in time",
            .fault(.preceded(by: 103)).after(.milliseconds(200)),
            fetch: .pending,
            wait: .done,
            requests: 2
        ),
    ]

    private static func chunked(_ name: String, _ body: String, fetch: FaultCase.Outcome) -> FaultCase {
        FaultCase(
            name,
            .lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body: body),
            fetch: fetch,
            wait: .done,
            requests: 2
        )
    }

    private static let chunks = [
        chunked("chunks", "17\r\n{\"status\":\"processing\"}\r\n0\r\n\r\n", fetch: .pending),
        chunked("chunks without a last one", "17\r\n{\"status\":\"processing\"}\r\n", fetch: .again(.connectionFailed)),
        chunked("a chunk that breaks off", "17\r\n{\"status\"", fetch: .again(.connectionFailed)),
        chunked("a chunk without a size", "{\"status\":\"processing\"}\r\n", fetch: .again(.connectionFailed)),
        chunked(
            "a chunk of a size beyond all numbers",
            "\(String(repeating: "F", count: 40))\r\n{}",
            fetch: .again(.connectionFailed)
        ),
        chunked("chunks and nothing in them", "0\r\n\r\n", fetch: .again(.malformedResponse)),
    ]
}
