import FetchCore
import FetchTesting

/// Connections that aren't established, or are lost before the response.
package enum ConnectionFaults {
    package static let rows: [FaultCase] =
        [refused, refused.repeated()]
        // AsyncHTTPClient retries the request itself if it notices the close before writing, which depends on timing.
        + lostOnAccept.map { $0.excluding(.asyncHTTPClient) } + lostOnAccept.map { $0.repeated() }
        + lostAfterRequest + lostAfterRequest.map { $0.repeated() }
        + silent + silent.map { $0.withRequestTimeout(.milliseconds(100)).untilDeadline() }

    private static var refused: FaultCase {
        var row = FaultCase(
            "a refused connection",
            .done,
            fetch: .retryable(.connectionFailed),
            updates: .done,
            requests: 2
        )
        row.refusesConnections = true
        return row.undelivered(1)
    }

    private static let lostOnAccept = [
        FaultCase(
            "a connection that is reset at once",
            .fault(.reset(.onAccept)),
            fetch: .retryable(.connectionFailed),
            updates: .done,
            requests: 2
        ).undelivered(1),
        FaultCase(
            "a connection that is closed at once",
            .fault(.close(.onAccept)),
            fetch: .retryable(.connectionFailed),
            updates: .done,
            requests: 2
        ).undelivered(1),
    ]

    private static let lostAfterRequest = [
        FaultCase(
            "a connection that is reset after the request",
            .fault(.reset(.afterRequest)),
            fetch: .retryable(.connectionFailed),
            updates: .done,
            requests: 2
        ),
        FaultCase(
            "a connection that is closed after the request",
            .fault(.close(.afterRequest)),
            fetch: .retryable(.connectionFailed),
            updates: .done,
            requests: 2
        ),
    ]

    private static let silent = [
        FaultCase(
            "silence after accept",
            .fault(.silence(.onAccept)),
            fetch: .retryable(.requestTimeout),
            updates: .done,
            requests: 2
        ).undelivered(1).withRequestTimeout(.milliseconds(1_500)),
        FaultCase(
            "silence after the request",
            .fault(.silence(.afterRequest)),
            fetch: .retryable(.requestTimeout),
            updates: .done,
            requests: 2
        ).withRequestTimeout(.milliseconds(1_500)),
    ]
}
