import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Requests that are never sent") struct UnsentRequestTests {
    private func errors(_ results: [JobReference: JobResult]) -> [FetchError] { results.values.compactMap(\.error) }

    @Test func `jobs queued during a provider's pause say that it had asked to wait, and for how long`() async throws {
        let harness = SchedulingHarness { _, time in
            time == .zero ? FetchResponse(status: 429, headers: ["Retry-After": "30"]) : nil
        }
        let client = try harness.client(policy: PollingPolicy(deadline: .seconds(6)))
        let errors = try await harness.clock.run {
            async let first = client.outcomes(of: [try JobReference("test.job:0-first")]).results()
            try await harness.clock.sleep(for: .seconds(1))
            let jobs = try (0..<50).map { try JobReference("test.job:0-\($0)") }
            let later = try await client.outcomes(of: jobs).results()
            return self.errors(try await first) + self.errors(later)
        }
        #expect(harness.requests.count == 1)
        #expect(errors.count == 51)
        for error in errors {
            #expect(error.code == .deadlineExceeded)
            #expect(error.isRetryable)
            #expect(error.message.contains("the provider had asked to wait, for another 2"))
            let rest = try #require(error.retryAfter)
            #expect(rest > .seconds(22) && rest <= .seconds(24))
            #expect(!error.message.contains("never established"))
        }
        #expect(errors.count { $0.message.hasPrefix("no request about the job was sent within 6 s") } == 50)
    }

    @Test func `a fetch that waits for a pause says that its request was never sent`() async throws {
        let harness = SchedulingHarness { _, _ in FetchResponse(status: 429, headers: ["Retry-After": "30"]) }
        let client = try harness.client(policy: PollingPolicy(requestTimeout: .seconds(3)))
        let error = await harness.clock.run {
            _ = try? await client.fetch(TextStateEndpoint(), id: "0-first")
            return await #expect(throws: FetchError.self) { try await client.fetch(TextStateEndpoint(), id: "0-next") }
        }
        #expect(error?.code == .requestTimeout)
        #expect(
            error?.message
                == "the request was never sent within 3 s, since the provider had asked to wait, for another 27 s"
        )
        #expect(error?.retryAfter == .seconds(27))
        #expect(harness.requests.count == 1)
    }

    @Test func `a fetch in a long queue says that its request was never sent`() async throws {
        let harness = SchedulingHarness(latency: .seconds(60))
        let client = try harness.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(requestTimeout: .seconds(3))
        )
        let (first, second) = try await harness.clock.run {
            async let first = #expect(throws: FetchError.self) {
                try await client.fetch(TextStateEndpoint(), id: "0-a")
            }
            try await harness.clock.sleep(for: .milliseconds(1))
            let second = await #expect(throws: FetchError.self) {
                var patient = client
                patient.policy.requestTimeout = .seconds(2)
                return try await patient.fetch(TextStateEndpoint(), id: "0-b")
            }
            return (await first, second)
        }
        #expect(first?.message == "there was no response within 3 s")
        #expect(second?.code == .requestTimeout)
        #expect(
            second?.message
                == "the request was never sent within 2 s, since the limits of the provider's requests were reached"
        )
        #expect(second?.remedy?.contains("raise the provider's limits") == true)
        #expect(harness.requests.map(\.id) == ["0-a"])
    }

    @Test func `a job that was pending before a pause says both`() async throws {
        let harness = SchedulingHarness { id, time in
            id == "900" && time >= .seconds(10)
                ? FetchResponse(status: 429, headers: ["Retry-After": "50"]) : nil
        }
        let policy = PollingPolicy(deadline: .seconds(30), schedule: .fixed(.seconds(10)))
        let client = try harness.client(policy: policy)
        let error = await harness.clock.run {
            await #expect(throws: FetchError.self) { try await client.result(TextStateEndpoint(), id: "900") }
        }
        #expect(error?.lastProgress != nil)
        #expect(error?.message.contains("it was still pending") == true)
        #expect(error?.message.contains("the next request wasn't sent, since the provider had asked to wait") == true)
    }
}
