import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

/// What a caller hears of requests that fail and are made again.
@Suite struct RetryReportTests {
    private final class Reports: Sendable {
        private let all = Mutex<[FetchRetry]>([])
        var list: [FetchRetry] { all.withLock(\.self) }
        func add(_ retry: FetchRetry) { all.withLock { $0.append(retry) } }
    }

    @Test func `each failed request that is made again is reported with its gap`() async throws {
        let clock = VirtualClock()
        let reports = Reports()
        let transport = ScriptedTransport([
            .json("{}", status: 429, headers: ["Retry-After": "7"]), .json("", status: 503), .json(#""done""#),
        ])
        var client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            clock: clock,
            wallClock: clock.wallClock,
            random: { 1 }
        )
        client.onRetry = { reports.add($0) }
        _ = try await clock.run { [client] in try await client.result(ShapedEndpoint<Int>(), id: 42) }
        #expect(reports.list.map(\.error.code) == [.rateLimited, .serverError])
        #expect(reports.list.map(\.error.id) == ["42", "42"])
        #expect(reports.list.map(\.requests) == [1, 2])
        #expect(reports.list.map(\.nextRequest).first == .seconds(7))
        #expect(reports.list.map(\.elapsed) == [.zero, .seconds(7)])
    }

    @Test func `an error that ends the wait is thrown and not reported`() async throws {
        let clock = VirtualClock()
        let reports = Reports()
        var client = FetchClient(
            transport: ScriptedTransport([.json("{}", status: 401)]),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            clock: clock
        )
        client.onRetry = { reports.add($0) }
        await #expect(throws: FetchError.self) {
            try await clock.run { [client] in try await client.result(ShapedEndpoint<Int>(), id: 42) }
        }
        #expect(reports.list.isEmpty)
    }

    @Test func `fetch says how long the header asked to wait`() async throws {
        let slowDown = FetchClient(
            asking: ScriptedTransport([.json("{}", status: 429, headers: ["Retry-After": "17"])])
        )
        let error = await #expect(throws: FetchError.self) { try await slowDown.fetch(ShapedEndpoint<Int>(), id: 42) }
        #expect(error?.retryAfter == .seconds(17))

        let pending = FetchClient(asking: ScriptedTransport([.json("{}", headers: ["Retry-After": "5"])]))
        let state = try await pending.fetch(ShapedEndpoint<Int>(read: { _ in .pending }), id: 42)
        guard case .pending(let progress) = state else { return #expect(Bool(false), "\(state)") }
        #expect(progress.retryAfter == .seconds(5))
    }
}
