import FetchCore
import FetchTesting
import Testing

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
