import FetchCore
import FetchTesting

/// A connection that doesn't come about, or is lost before anything is answered.
package enum ConnectionFaults {
    package static let rows: [FaultCase] =
        [refused, refused.forEver()]
        // Whether AsyncHTTPClient finds such a connection closed before it has written, and is then asked once more, is chance.
        + lostOnAccept.map { $0.leavingOut(.asyncHTTPClient) } + lostOnAccept.map { $0.forEver() }
        + lostAfterRequest + lostAfterRequest.map { $0.forEver() }
        + silent + silent.map { $0.within(.milliseconds(100)).untilDeadline() }

    private static var refused: FaultCase {
        var row = FaultCase(
            "a refused connection",
            .done,
            fetch: .again(.connectionFailed),
            wait: .done,
            requests: 2
        )
        row.refuses = true
        return row.losing(1)
    }

    private static let lostOnAccept = [
        FaultCase(
            "a connection that is reset at once",
            .fault(.reset(.onAccept)),
            fetch: .again(.connectionFailed),
            wait: .done,
            requests: 2
        ).losing(1),
        FaultCase(
            "a connection that is closed at once",
            .fault(.close(.onAccept)),
            fetch: .again(.connectionFailed),
            wait: .done,
            requests: 2
        ).losing(1),
    ]

    private static let lostAfterRequest = [
        FaultCase(
            "a connection that is reset after the request",
            .fault(.reset(.afterRequest)),
            fetch: .again(.connectionFailed),
            wait: .done,
            requests: 2
        ),
        FaultCase(
            "a connection that is closed after the request",
            .fault(.close(.afterRequest)),
            fetch: .again(.connectionFailed),
            wait: .done,
            requests: 2
        ),
    ]

    private static let silent = [
        FaultCase(
            "silence after accept",
            .fault(.silence(.onAccept)),
            fetch: .again(.requestTimeout),
            wait: .done,
            requests: 2
        ).losing(1).within(.milliseconds(1_500)),
        FaultCase(
            "silence after the request",
            .fault(.silence(.afterRequest)),
            fetch: .again(.requestTimeout),
            wait: .done,
            requests: 2
        ).within(.milliseconds(1_500)),
    ]
}
