import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Ends of a rate limit's window") struct RateLimitResetTests {
    /// The date at which the responses of the tests are received: 13 September 2020, 12:26:40 GMT.
    private let now = Date(timeIntervalSince1970: 1_600_000_000)

    private static let names = ["RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset", "x-ratelimit-reset"]

    private func hint(_ headers: HeaderFields, status: Int = 429) -> Duration? {
        var response = FetchResponse(status: status, headers: headers)
        response.receivedAt = now
        return response.retryAfter
    }

    @Test(
        arguments: names,
        [
            ("30", 30), ("0", 0), ("-5", 0), ("86400", 86_400), ("2.5", 2.5), ("1600000030", 30), ("1600000000.5", 0.5),
            ("1599999990", 0), ("1600000030000", 30), ("1600000000250", 0.25),
        ]
    )
    func `the magnitude tells seconds, a Unix time and milliseconds apart`(
        name: String,
        value: (text: String, seconds: Double)
    ) throws {
        for status in [429, 403] {
            let delay = try #require(hint([name: value.text], status: status))
            #expect(abs(delay.seconds - value.seconds) < 0.001)
        }
    }

    @Test(arguments: [200, 202, 400, 404, 500, 503])
    func `the field doesn't count with any other status, since every response may have it`(status: Int) {
        #expect(hint(["X-RateLimit-Reset": "30"], status: status) == nil)
    }

    @Test func `the field doesn't count if requests are left`() {
        #expect(hint(["X-RateLimit-Reset": "3000", "X-RateLimit-Remaining": "7"]) == nil)
        #expect(hint(["X-RateLimit-Reset": "3000", "X-RateLimit-Remaining": "0"]) == .seconds(3_000))
    }

    @Test func `Retry-After takes precedence`() {
        #expect(hint(["RateLimit-Reset": "3000", "Retry-After": "7"]) == .seconds(7))
        #expect(hint(["RateLimit-Reset": "3000", "Retry-After": "soon"]) == .seconds(3_000))
    }

    @Test func `a Unix time is compared with the response's own date`() {
        let date = "Sun, 13 Sep 2020 12:27:00 GMT"
        #expect(hint(["X-RateLimit-Reset": "1600000030", "Date": date]) == .seconds(10))
    }

    @Test(arguments: ["", "soon", "nan", "12 s", "1,5"])
    func `any other value is ignored`(text: String) {
        #expect(hint(["X-RateLimit-Reset": text]) == nil)
    }

    @Test func `a 403 without requests left is a rate limit, and polling goes on when the window ends`() async throws {
        let clock = VirtualClock()
        let limited = ScriptedTransport.Step { _ in
            let reset = Int(clock.date.timeIntervalSince1970) + 40
            return FetchResponse(
                status: 403,
                headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "\(reset)"]
            )
        }
        let harness = PollingHarness([limited, .done], clock: clock)
        #expect(await harness.poll().output == "output")
        #expect(harness.gaps == [.seconds(40)])
    }

    @Test func `a 403 with requests left, or without such a field, is forbidden`() throws {
        for headers: HeaderFields in [[:], ["X-RateLimit-Remaining": "7"], ["X-RateLimit-Remaining": "none"]] {
            let error = try #require(throws: FetchError.self) {
                try FetchResponse(status: 403, headers: headers).requireSuccess()
            }
            #expect(error.code == .forbidden)
        }
    }

    @Test(arguments: [200, 404, 429, 503])
    func `polling follows a hint in milliseconds`(status: Int) async throws {
        let step = ScriptedTransport.Step.json(
            #"{"state":"pending"}"#,
            status: status,
            headers: ["retry-after-ms": "2500"]
        )
        let harness = PollingHarness([step, .done])
        #expect(await harness.poll().output == "output")
        #expect(harness.gaps == [.milliseconds(2_500)])
    }
}
