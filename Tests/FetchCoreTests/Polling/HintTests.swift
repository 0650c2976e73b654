import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Retry hints") struct HintTests {
    private static let header: HeaderFields = ["Retry-After": "8"]

    @Test func `a hint in the body takes precedence over Retry-After, which takes precedence over the schedule`()
        async throws
    {
        let policy = PollingPolicy(schedule: .fixed(.seconds(2)))
        let harness = PollingHarness(
            [.pending(retryAfter: 4, headers: Self.header), .pending(headers: Self.header), .pending, .done],
            policy: policy
        )
        _ = await harness.poll()
        #expect(harness.gaps == [.seconds(4), .seconds(8), .seconds(2)])
    }

    @Test func `a hint takes precedence over an ETA in the same response`() async throws {
        let harness = PollingHarness([
            .pending(eta: 300, retryAfter: 4), .pending(eta: 300, headers: Self.header), .done,
        ])
        _ = await harness.poll()
        #expect(harness.gaps == [.seconds(4), .seconds(8)])
    }

    @Test func `a hint applies to one gap only`() async throws {
        let policy = PollingPolicy(schedule: .fixed(.seconds(2)))
        let harness = PollingHarness(
            [
                .pending(headers: ["Retry-After": "5"]), .pending,
                .status(429, headers: ["Retry-After": "6"]), .pending, .done,
            ],
            policy: policy
        )
        _ = await harness.poll()
        #expect(harness.gaps == [.seconds(5), .seconds(2), .seconds(6), .seconds(2)])
    }

    @Test func `a hint in the body of an error takes precedence over its Retry-After header`() async throws {
        let harness = PollingHarness([.status(429, headers: Self.header), .done])
        let job = hintingEndpoint(retryAfter: .seconds(3))
        _ = try await harness.clock.run { try await harness.client.result(job, id: 7) }
        #expect(harness.gaps == [.seconds(3)])
    }

    @Test func `Retry-After on a server error is followed`() async throws {
        let harness = PollingHarness([.status(503, headers: Self.header), .done])
        _ = await harness.poll()
        #expect(harness.gaps == [.seconds(8)])
    }

    @Test func `the hint in the response to a follow-up request applies`() async throws {
        let first = ScriptedTransport.Step.json(#"{"state":"followUp"}"#, headers: ["Retry-After": "50"])
        let harness = PollingHarness([first, .pending(headers: Self.header), .done])
        _ = await harness.poll()
        #expect(harness.requestTimes == [.zero, .zero, .seconds(8)])
    }

    /// Header values and the gaps in seconds that they must give; nil if the value is ignored.
    ///
    /// The virtual clock starts on Tuesday, 14 November 2023, at 22:13:20 GMT.
    static let headerValues: [(header: String, gap: Double?)] = [
        ("0", 2), ("-1", 2), ("-1e300", 2), ("1e9", 40), ("1e300", 40), ("1e999", 40), ("inf", 40), ("-inf", 2),
        ("99999999999999999999999999", 40), ("0.5", 2), ("3.5", 3.5), ("7", 7),
        ("nan", nil), ("soon", nil), ("", nil), ("7 seconds", nil), ("Tue", nil), ("０７", nil),
        ("Tue, 14 Nov 2023 22:13:30 GMT", 10), ("Tuesday, 14-Nov-23 22:13:30 GMT", 10),
        ("Tue Nov 14 22:13:30 2023", 10),
        ("Tue, 14 Nov 2023 22:13:20 GMT", 2), ("Mon, 13 Nov 2023 22:13:30 GMT", 2),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 2),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 40), ("Tue, 14 Nov 2023 22:13 GMT", nil),
        ("Tue, 99 Nov 2023 22:13:30 GMT", nil),
    ]

    @Test(arguments: headerValues.indices)
    func `any Retry-After value gives a gap in the policy's range`(index: Int) async throws {
        let (value, gap) = Self.headerValues[index]
        let headers: HeaderFields = ["retry-after": value]
        let policy = PollingPolicy(
            minimumGap: .seconds(2),
            maximumGap: .seconds(40),
            schedule: .fixed(.seconds(13))
        )
        let pending = PollingHarness([.pending(headers: headers), .done], policy: policy)
        #expect(await pending.poll().output == "output")
        #expect(pending.gaps == [.seconds(gap ?? 13)], "Retry-After: \(value)")

        let refused = PollingHarness([.status(429, headers: headers), .done], policy: policy)
        #expect(await refused.poll().output == "output")
        // Without a hint, full jitter with the harness's random number 0.5 gives half of twice the minimum gap.
        #expect(refused.gaps == [.seconds(gap ?? 2)], "Retry-After: \(value)")
    }

    @Test(arguments: [-1, 0, 0.0001, 1, 39, 41, 1e9, 1e300, -1e300, .greatestFiniteMagnitude, .leastNonzeroMagnitude])
    func `any hint in a body gives a gap in the policy's range`(seconds: Double) async throws {
        let policy = PollingPolicy(minimumGap: .seconds(2), maximumGap: .seconds(40))
        for step in [ScriptedTransport.Step.pending(retryAfter: seconds), .pending(eta: seconds)] {
            let harness = PollingHarness([step, step, step, .done], policy: policy)
            #expect(await harness.poll().output == "output")
            #expect(harness.gaps.allSatisfy { $0 >= .seconds(2) && $0 <= .seconds(40) }, "\(seconds): \(harness.gaps)")
        }
    }

    @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min), .zero, .nanoseconds(-1), .nanoseconds(1)])
    func `any hint from a custom endpoint gives a gap in the policy's range`(
        hint: Duration
    ) async throws {
        let harness = PollingHarness([.pending, .status(429), .done])
        let job = hintingEndpoint(retryAfter: hint, eta: hint)
        _ = try await harness.clock.run { try await harness.client.result(job, id: 7) }
        #expect(harness.gaps.allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(60) }, "\(harness.gaps)")
    }

    @Test func `Retry-After as a date is relative to the Date header of the response`() async throws {
        let headers: HeaderFields = [
            "Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:49 GMT",
        ]
        let harness = PollingHarness([.pending(headers: headers), .done])
        _ = await harness.poll()
        #expect(harness.gaps == [.seconds(12)])
    }

    @Test func `an update reports the hint as the time until the next request`() async throws {
        let run = await PollingHarness([.pending(retryAfter: 17), .done]).poll()
        #expect(run.updates.map(\.nextRequest) == [.seconds(17), nil])
    }

    /// Returns an endpoint that gives the same hints for every response until the job is done.
    private func hintingEndpoint(retryAfter: Duration, eta: Duration? = nil) -> ConfigurableEndpoint<Int> {
        ConfigurableEndpoint<Int>(
            authorization: .none,
            read: { response in
                guard response.status == 200 else {
                    throw FetchError(httpStatus: response.status, retryAfter: retryAfter)
                }
                let answer = try JSONStateEndpoint().answer(to: 7, from: response)
                guard case .pending = answer else { return try answer.map { .string($0) } }
                return .pending(JobProgress(eta: eta, retryAfter: retryAfter))
            }
        )
    }
}
