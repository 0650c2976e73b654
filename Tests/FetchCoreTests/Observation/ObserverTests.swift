import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Client observers") struct ObserverTests {
    @Test func `an observer receives each request, its result and the delay of the detection`() async throws {
        let harness = SchedulingHarness { _, time in time == .seconds(10) ? FetchResponse(status: 503) : nil }
        let observer = EventLog<FetchEvent>()
        let client = try harness.client(observer: observer)
        _ = try await harness.clock.run { try await client.result(JobReference("test.job:15")) }
        let expected = [
            "requested", "pending", "requested", "serverError", "retry 2", "requested", "pending", "requested",
            "success 5.0",
        ]
        #expect(observer.descriptions == expected)
        #expect(Set(observer.events.map(\.job)) == [try JobReference("test.job:15")])
    }

    @Test func `the delay of the detection is unknown if the first request finds the job done`() async throws {
        let harness = SchedulingHarness()
        let observer = EventLog<FetchEvent>()
        let client = try harness.client(observer: observer)
        _ = try await harness.clock.run { try await client.result(JobReference("test.job:0")) }
        #expect(observer.descriptions == ["requested", "success -1.0"])
    }

    @Test func `an observer receives the pause of a provider after a 429`() async throws {
        let harness = SchedulingHarness { _, time in
            time == .zero ? FetchResponse(status: 429, headers: ["Retry-After": "7"]) : nil
        }
        let observer = EventLog<FetchEvent>()
        let client = try harness.client(observer: observer)
        _ = try await harness.clock.run { try await client.result(JobReference("test.job:0")) }
        #expect(
            observer.descriptions == [
                "requested", "rateLimited", "throttled 7.0", "retry 1", "requested", "success -1.0",
            ]
        )
    }
}

extension EventLog<FetchEvent> {
    /// The kinds of the events, with the figures that a test compares.
    fileprivate var descriptions: [String] {
        events.map { event in
            switch event.kind {
            case .requested: "requested"
            case .pending: "pending"
            case .detected(let isSuccess, _, let undetected):
                "\(isSuccess ? "success" : "failure") \(undetected?.seconds ?? -1)"
            case .failed(let error, _): "\(error.code)"
            case .retrying(let retry): "retry \(retry.requests)"
            case .throttled(let pause): "throttled \(pause.seconds)"
            }
        }
    }
}
