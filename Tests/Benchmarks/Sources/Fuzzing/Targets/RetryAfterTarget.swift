import FetchCore
import Foundation

/// `Retry-After`, beside a `Date` or without one, on answers of all kinds.
struct RetryAfterTarget: FuzzTarget {
    struct Input: Sendable {
        var status: Int
        var retryAfter: RetryAfterText
        var date: RetryAfterText?
    }

    let name = "retry-after"

    func input(_ dice: inout Dice) -> Input {
        Input(
            status: dice.pick([200, 202, 429, 503, 404, 500]),
            retryAfter: .any(&dice),
            date: dice.oneIn(2) ? .any(&dice) : nil
        )
    }

    func shown(_ input: Input) -> String {
        "HTTP \(input.status), Retry-After: \(Shown.text(input.retryAfter.text)), "
            + "Date: \(input.date.map { Shown.text($0.text) } ?? "none")"
    }

    func outcome(of input: Input) async throws -> String {
        var response = FetchResponse(status: input.status)
        response.headers["Retry-After"] = input.retryAfter.text
        response.headers["Date"] = input.date?.text
        let client = FetchClient(
            transport: ScriptedAnswers([.response(response)]),
            credentials: .none,
            wallClock: { Date(timeIntervalSince1970: 1_800_000_000) }
        )
        let hint: Duration?
        do {
            let state = try await client.fetch(Probe(path: "jobs/{id}"), id: "1")
            guard case .pending(let progress) = state else { throw Violation("an empty answer is an end") }
            hint = progress.retryAfter
        } catch let error as FetchError {
            hint = error.retryAfter
        }
        try HonestClaims.check(hint, "Retry-After")
        if let expected = expected(input) {
            try Violation.unless(
                hint == .seconds(expected),
                "it means \(expected) s and was read as \(hint.map { "\($0)" } ?? "nil")"
            )
        }
        return hint == nil ? "nil" : "duration"
    }

    private func expected(_ input: Input) -> Int? {
        let longest = 3_155_760_000
        if let seconds = input.retryAfter.seconds { return min(seconds, longest) }
        // The year 9999 is the last one that a date can have.
        guard let moment = input.retryAfter.moment, moment < 253_402_300_800 else { return nil }
        guard let date = input.date else { return min(max(moment - 1_800_000_000, 0), longest) }
        guard let now = date.moment, now < 253_402_300_800 else { return nil }
        return min(max(moment - now, 0), longest)
    }
}
