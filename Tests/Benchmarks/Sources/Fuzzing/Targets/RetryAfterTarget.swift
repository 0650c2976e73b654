import FetchCore
import Foundation

/// Responses with a `Retry-After` field, with and without a `Date` field.
struct RetryAfterTarget: FuzzTarget {
    struct Input: Sendable {
        var status: Int
        var retryAfter: RetryAfterSample
        var date: RetryAfterSample?
    }

    let name = "retry-after"

    func input(_ random: inout SeededRandom) -> Input {
        Input(
            status: random.pick([200, 202, 429, 503, 404, 500]),
            retryAfter: .any(&random),
            date: random.oneIn(2) ? .any(&random) : nil
        )
    }

    func description(of input: Input) -> String {
        "HTTP \(input.status), Retry-After: \(Escaped.string(input.retryAfter.text)), "
            + "Date: \(input.date.map { Escaped.string($0.text) } ?? "none")"
    }

    func outcome(of input: Input) async throws -> String {
        var response = FetchResponse(status: input.status)
        response.headers["Retry-After"] = input.retryAfter.text
        response.headers["Date"] = input.date?.text
        let client = FetchClient(
            transport: ScriptedResponses([.response(response)]),
            credentials: .none,
            environment: FetchClient.Environment(wallClock: { Date(timeIntervalSince1970: 1_800_000_000) })
        )
        let hint: Duration?
        do {
            let state = try await client.fetch(ProbeEndpoint(path: "jobs/{id}"), id: "1")
            guard case .pending(let progress) = state else { throw Violation("an empty response is a terminal state") }
            hint = progress.retryAfter
        } catch let error as FetchError {
            hint = error.retryAfter
        }
        try Invariants.check(hint, "Retry-After")
        if let expected = expected(input) {
            try Violation.unless(
                hint == .seconds(expected),
                "the hint is \(hint.map { "\($0)" } ?? "nil") instead of \(expected) s"
            )
        }
        return hint == nil ? "nil" : "duration"
    }

    private func expected(_ input: Input) -> Int? {
        let maximum = 3_155_760_000
        if let seconds = input.retryAfter.seconds { return min(seconds, maximum) }
        // The formats of RFC 9110 can't represent years after 9999.
        guard let moment = input.retryAfter.moment, moment < 253_402_300_800 else { return nil }
        guard let date = input.date else { return min(max(moment - 1_800_000_000, 0), maximum) }
        guard let now = date.moment, now < 253_402_300_800 else { return nil }
        return min(max(moment - now, 0), maximum)
    }
}
