import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite struct `An observer` {
    private final class Log: FetchObserver {
        private let events = Mutex<[FetchEvent]>([])

        var words: [String] {
            events.withLock { $0 }.map { event in
                switch event.kind {
                case .requested: "requested"
                case .pending: "pending"
                case .detected(let isSuccess, _, let undetected):
                    "\(isSuccess ? "success" : "failure") \(undetected?.seconds ?? -1)"
                case .failed(let error, _): "\(error.code)"
                case .throttled(let pause): "throttled \(pause.seconds)"
                }
            }
        }

        var jobs: Set<JobReference> { Set(events.withLock { $0 }.map(\.job)) }

        func record(_ event: FetchEvent) { events.withLock { $0.append(event) } }
    }

    @Test func `hears each request, what it brought, and how late the end was found`() async throws {
        let depot = Depot { _, time in time == .seconds(10) ? FetchResponse(status: 503) : nil }
        let log = Log()
        let client = try depot.client(observer: log)
        _ = try await depot.clock.run { try await client.result(JobReference("depot.crate:15")) }
        let words = [
            "requested", "pending", "requested", "serverError", "requested", "pending", "requested", "success 5.0",
        ]
        #expect(log.words == words)
        #expect(log.jobs == [try JobReference("depot.crate:15")])
    }

    @Test func `hears of a job that is ready at the first request that nobody knows for how long`() async throws {
        let depot = Depot()
        let log = Log()
        let client = try depot.client(observer: log)
        _ = try await depot.clock.run { try await client.result(JobReference("depot.crate:0")) }
        #expect(log.words == ["requested", "success -1.0"])
    }

    @Test func `hears when a provider is left alone`() async throws {
        let depot = Depot { _, time in time == .zero ? FetchResponse(status: 429, headers: ["Retry-After": "7"]) : nil }
        let log = Log()
        let client = try depot.client(observer: log)
        _ = try await depot.clock.run { try await client.result(JobReference("depot.crate:0")) }
        #expect(log.words == ["requested", "rateLimited", "throttled 7.0", "requested", "success -1.0"])
    }
}
