import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A hint` {
    private static let header: HeaderFields = ["Retry-After": "8"]

    @Test func `in the body outranks the header, which outranks the schedule`() async throws {
        let policy = PollingPolicy(schedule: .fixed(.seconds(2)))
        let office = Office(
            [.waiting(wait: 4, headers: Self.header), .waiting(headers: Self.header), .waiting, .done],
            policy: policy
        )
        _ = await office.wait()
        #expect(office.gaps == [.seconds(4), .seconds(8), .seconds(2)])
    }

    @Test func `outranks an ETA in the same answer`() async throws {
        let office = Office([.waiting(eta: 300, wait: 4), .waiting(eta: 300, headers: Self.header), .done])
        _ = await office.wait()
        #expect(office.gaps == [.seconds(4), .seconds(8)])
    }

    @Test func `is read anew from each answer, and forgotten with the next`() async throws {
        let policy = PollingPolicy(schedule: .fixed(.seconds(2)))
        let office = Office(
            [
                .waiting(headers: ["Retry-After": "5"]), .waiting,
                .status(429, headers: ["Retry-After": "6"]), .waiting, .done,
            ],
            policy: policy
        )
        _ = await office.wait()
        #expect(office.gaps == [.seconds(5), .seconds(2), .seconds(6), .seconds(2)])
    }

    @Test func `in the body of an error outranks its header`() async throws {
        let office = Office([.status(429, headers: Self.header), .done])
        let job = Slow(retryAfter: .seconds(3))
        _ = try await office.clock.run { try await office.client.result(job, id: 7) }
        #expect(office.gaps == [.seconds(3)])
    }

    @Test func `on a server error is heeded`() async throws {
        let office = Office([.status(503, headers: Self.header), .done])
        _ = await office.wait()
        #expect(office.gaps == [.seconds(8)])
    }

    @Test func `of the answer to a follow-up is the one that counts`() async throws {
        let first = ScriptedTransport.Step.json(#"{"state":"elsewhere"}"#, headers: ["Retry-After": "50"])
        let office = Office([first, .waiting(headers: Self.header), .done])
        _ = await office.wait()
        #expect(office.requestTimes == [.zero, .zero, .seconds(8)])
    }

    /// At the epoch of the clock it is 22:13:20 on the 14th of November 2023, a Tuesday.
    static let absurd: [(header: String, gap: Double?)] = [
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

    @Test(arguments: absurd.indices)
    func `in a header, however absurd, gives a gap between floor and ceiling`(index: Int) async throws {
        let (text, gap) = Self.absurd[index]
        let headers: HeaderFields = ["retry-after": text]
        let policy = PollingPolicy(
            minimumGap: .seconds(2),
            maximumGap: .seconds(40),
            schedule: .fixed(.seconds(13))
        )
        let pending = Office([.waiting(headers: headers), .done], policy: policy)
        #expect(await pending.wait().output == "parcel")
        #expect(pending.gaps == [.seconds(gap ?? 13)], "Retry-After: \(text)")

        let refused = Office([.status(429, headers: headers), .done], policy: policy)
        #expect(await refused.wait().output == "parcel")
        // Without a hint: half of twice the floor, by full jitter with the office's 0.5.
        #expect(refused.gaps == [.seconds(gap ?? 2)], "Retry-After: \(text)")
    }

    @Test(arguments: [-1, 0, 0.0001, 1, 39, 41, 1e9, 1e300, -1e300, .greatestFiniteMagnitude, .leastNonzeroMagnitude])
    func `in a body, however absurd, gives a gap between floor and ceiling`(seconds: Double) async throws {
        let policy = PollingPolicy(minimumGap: .seconds(2), maximumGap: .seconds(40))
        for step in [ScriptedTransport.Step.waiting(wait: seconds), .waiting(eta: seconds)] {
            let office = Office([step, step, step, .done], policy: policy)
            #expect(await office.wait().output == "parcel")
            #expect(office.gaps.allSatisfy { $0 >= .seconds(2) && $0 <= .seconds(40) }, "\(seconds): \(office.gaps)")
        }
    }

    @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min), .zero, .nanoseconds(-1), .nanoseconds(1)])
    func `from an endpoint of one's own, however absurd, gives a gap between floor and ceiling`(
        hint: Duration
    ) async throws {
        let office = Office([.waiting, .status(429), .done])
        let job = Slow(retryAfter: hint, eta: hint)
        _ = try await office.clock.run { try await office.client.result(job, id: 7) }
        #expect(office.gaps.allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(60) }, "\(office.gaps)")
    }

    @Test func `as a date is taken relative to the server's own date`() async throws {
        let headers: HeaderFields = [
            "Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:49 GMT",
        ]
        let office = Office([.waiting(headers: headers), .done])
        _ = await office.wait()
        #expect(office.gaps == [.seconds(12)])
    }

    @Test func `is what the update says`() async throws {
        let course = await Office([.waiting(wait: 17), .done]).wait()
        #expect(course.updates.map(\.nextRequest) == [.seconds(17), nil])
    }

    /// Gives the same hints whatever the answer, until that says "done".
    private struct Slow: FetchEndpoint {
        let name: EndpointName = "post.slow"
        let provider: ProviderID = "post"
        let baseURL = URL(string: "https://post.example/v1")!
        let path: PathTemplate = "parcels/{id}"
        let authorization = Authorization.none
        var retryAfter: Duration
        var eta: Duration?

        func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
            guard response.status == 200 else { throw FetchError(httpStatus: response.status, retryAfter: retryAfter) }
            let answer = try Parcel().answer(to: id, from: response)
            guard case .pending = answer else { return answer }
            return .pending(JobProgress(eta: eta, retryAfter: retryAfter))
        }
    }
}
