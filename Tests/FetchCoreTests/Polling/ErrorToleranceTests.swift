import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite struct `Transient errors` {
    private static let kinds: [ScriptedTransport.Step] = [
        .connectionLost, .status(500), .status(502), .status(503), .status(504), .status(408), .status(425),
        .json("<html>oops</html>"), .json(""), .json("{"), .failure(FetchError(.connectionFailed, "gone")),
    ]

    @Test(arguments: kinds.indices)
    func `are survived`(index: Int) async throws {
        let office = Office([.waiting, Self.kinds[index], Self.kinds[index], .done])
        #expect(await office.wait().output == "parcel")
        #expect(office.requestTimes.count == 4)
    }

    @Test func `in a row end the wait with the last of them when they are one more than tolerated`() async throws {
        let policy = PollingPolicy(toleratedErrors: 3)
        let survived = Office([.status(500), .connectionLost, .status(500), .done], policy: policy)
        #expect(await survived.wait().output == "parcel")

        let office = Office([.status(500), .connectionLost, .status(500), .status(502)], policy: policy)
        let error = try #require(await office.wait().fetchError)
        #expect(error.code == .serverError)
        #expect(error.httpStatus == 502)
        #expect(error.isRetryable)
        #expect(office.requestTimes.count == 4)
    }

    @Test func `are counted anew after an answer about the job`() async throws {
        let script: [ScriptedTransport.Step] = [
            .status(500), .status(500), .waiting, .status(500), .status(500), .done,
        ]
        let office = Office(script, policy: PollingPolicy(toleratedErrors: 2))
        #expect(await office.wait().output == "parcel")
    }

    @Test(arguments: [0, -1, Int.min])
    func `end the wait at once where none is tolerated`(tolerated: Int) async throws {
        let office = Office([.status(500), .done], policy: PollingPolicy(toleratedErrors: tolerated))
        #expect(await office.wait().fetchError?.code == .serverError)
        #expect(office.requestTimes.count == 1)
    }

    @Test func `leave what was last heard of the job in the error`() async throws {
        let office = Office([.waiting(eta: 44), .status(500)], policy: PollingPolicy(toleratedErrors: 2))
        #expect(await office.wait().fetchError?.lastProgress?.eta == .seconds(44))
    }

    @Test func `of the key store are survived like those of the network`() async throws {
        let calls = Mutex(0)
        let credentials = Credentials.dynamic { _ in
            if calls.withLock({
                $0 += 1; return $0
            }) < 3 {
                throw URLError(.timedOut)
            }
            return APIKey("sk-0123456789")
        }
        let office = Office([.done], credentials: credentials)
        let output = try await office.clock.run {
            try await office.client.result(Parcel(authorization: .bearer), id: 7)
        }
        #expect(output == "parcel")
        #expect(office.requestTimes.count == 1)
    }
}

@Suite struct `The gaps after errors` {
    @Test(arguments: [0, 0.25, 0.5, 1, -3, 7, .infinity, -.infinity, .nan])
    func `are full jitter below a bound that doubles, between floor and ceiling`(random: Double) async throws {
        let policy = PollingPolicy(deadline: .seconds(6_000), minimumGap: .seconds(1), maximumGap: .seconds(60))
        let office = Office(
            Array(repeating: .status(500), count: 12) + [.done],
            policy: policy,
            random: { random }
        )
        #expect(await office.wait().output == "parcel")
        let share = random.isNaN ? 1 : min(max(random, 0), 1)
        let expected = (1...12).map { Duration.seconds(max(share * min(Double(1 << $0), 60), 1)) }
        #expect(office.gaps == expected)
    }

    @Test func `are the same where only 429 is answered, and it says no time`() async throws {
        let office = Office(Array(repeating: .status(429), count: 8) + [.done], random: { 1 })
        #expect(await office.wait().output == "parcel")
        #expect(office.gaps == [2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
    }

    @Test func `begin anew after an answer about the job`() async throws {
        let policy = PollingPolicy(schedule: .fixed(.seconds(5)))
        let script: [ScriptedTransport.Step] = [.status(500), .status(500), .waiting, .status(500), .done]
        let office = Office(script, policy: policy, random: { 1 })
        _ = await office.wait()
        #expect(office.gaps == [2, 4, 5, 2].map { .seconds($0) })
    }

    @Test func `stay in range for hundreds of errors and any floor`() async throws {
        for floor in [Duration.zero, .milliseconds(1), .seconds(1), .seconds(Int64.max)] {
            let policy = PollingPolicy(deadline: .seconds(1_000_000), minimumGap: floor, toleratedErrors: .max)
            let office = Office(Array(repeating: .status(500), count: 300) + [.done], policy: policy, random: { 1 })
            let course = await office.wait()
            if floor < .seconds(60) {
                #expect(course.output == "parcel")
                #expect(office.gaps.allSatisfy { $0 >= max(floor, .milliseconds(10)) && $0 <= .seconds(60) })
            } else {
                #expect(office.requestTimes.count == 2)
            }
        }
    }
}

@Suite struct `Being asked to slow down` {
    @Test func `doesn't count as an error`() async throws {
        let script = Array(repeating: ScriptedTransport.Step.status(429, headers: ["Retry-After": "5"]), count: 30)
        let office = Office(script + [.done], policy: PollingPolicy(toleratedErrors: 0))
        #expect(await office.wait().output == "parcel")
        #expect(office.gaps.allSatisfy { $0 == .seconds(5) })
    }

    @Test func `to the end is the deadline's last error`() async throws {
        let error = try #require(await Office([.status(429)]).wait().fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.lastError?.code == .rateLimited)
    }

    @Test func `for good, as an endpoint may know, ends the wait`() async throws {
        let step = ScriptedTransport.Step.failure(FetchError(.rateLimited, "the month is used up", isRetryable: false))
        let office = Office([step, .done])
        #expect(await office.wait().fetchError?.code == .rateLimited)
        #expect(office.requestTimes.count == 1)
    }
}

@Suite struct `Permanent errors` {
    @Test(arguments: [400, 401, 402, 403, 405, 422, 301, 302, 307])
    func `end the wait at once, also in its middle`(status: Int) async throws {
        for before in [[], [ScriptedTransport.Step.waiting], [.status(500)]] {
            let office = Office(before + [.status(status), .done])
            let error = try #require(await office.wait().fetchError)
            #expect(error.httpStatus == status)
            #expect(!error.isRetryable)
            #expect(error.remedy != nil)
            #expect(office.requestTimes.count == before.count + 1)
        }
    }

    @Test(arguments: ["abc", "7.0", "+7", "007", "99999999999999999999"])
    func `such as an id of the wrong type are found before anything is sent`(id: String) async throws {
        let office = Office([.done], registry: try EndpointRegistry(Parcel()))
        let job = try JobReference(endpoint: "post.parcel", id: id)
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(job) }
        }
        #expect(error?.code == .invalidID)
        #expect(error?.description.contains("an integer") == true)
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `such as a missing key are found before anything is sent`() async throws {
        let office = Office([.done])
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(Parcel(authorization: .bearer), id: 7) }
        }
        #expect(error?.code == .missingKey)
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `include an answer beyond the limit`() async throws {
        let office = Office([.json(#"{"state":"done","text":"0123456789"}"#)], responseLimit: 20)
        let error = try #require(await office.wait().fetchError)
        #expect(error.code == .responseTooLarge)
        #expect(error.message.contains("20 bytes"))
        #expect(office.requestTimes.count == 1)
    }

    @Test func `leave an answer of just the limit alone`() async throws {
        let text = #"{"state":"done"}"#
        #expect(await Office([.json(text)], responseLimit: text.utf8.count).wait().output == "parcel")
    }
}
