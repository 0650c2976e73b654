import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of the retries that an observer receives, and of the retry hints that a single fetch returns.
@Suite("Retry events") struct RetryEventTests {
    @Test func `each failed request that is retried is reported to the observer with its gap`() async throws {
        let clock = VirtualClock()
        let log = EventLog<FetchEvent>()
        let transport = ScriptedTransport([
            .json("{}", status: 429, headers: ["Retry-After": "7"]), .json("", status: 503), .json(#""done""#),
        ])
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            configuration: FetchClient.Configuration(observer: log),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 1 })
        )
        _ = try await clock.run { try await client.result(ConfigurableEndpoint<Int>(), id: 42) }
        #expect(log.retries.map(\.error.code) == [.rateLimited, .serverError])
        #expect(log.retries.map(\.error.id) == ["42", "42"])
        #expect(log.retries.map(\.requests) == [1, 2])
        #expect(log.retries.map(\.nextRequest).first == .seconds(7))
        #expect(log.retries.map(\.elapsed) == [.zero, .seconds(7)])
    }

    @Test func `an error that ends polling is thrown and not reported as a retry`() async throws {
        let clock = VirtualClock()
        let log = EventLog<FetchEvent>()
        let client = FetchClient(
            transport: ScriptedTransport([.json("{}", status: 401)]),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            configuration: FetchClient.Configuration(observer: log),
            environment: FetchClient.Environment(clock: clock)
        )
        await #expect(throws: FetchError.self) {
            try await clock.run { try await client.result(ConfigurableEndpoint<Int>(), id: 42) }
        }
        #expect(log.retries.isEmpty)
    }

    @Test func `a single fetch returns the time of Retry-After`() async throws {
        let rateLimited = FetchClient(
            scripted: ScriptedTransport([.json("{}", status: 429, headers: ["Retry-After": "17"])])
        )
        let error = await #expect(throws: FetchError.self) {
            try await rateLimited.fetch(ConfigurableEndpoint<Int>(), id: 42)
        }
        #expect(error?.retryAfter == .seconds(17))

        let pending = FetchClient(scripted: ScriptedTransport([.json("{}", headers: ["Retry-After": "5"])]))
        let state = try await pending.fetch(ConfigurableEndpoint<Int>(read: { _ in .pending }), id: 42)
        guard case .pending(let progress) = state else { return #expect(Bool(false), "\(state)") }
        #expect(progress.retryAfter == .seconds(5))
    }
}
