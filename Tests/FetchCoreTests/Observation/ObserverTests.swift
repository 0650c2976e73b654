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

    @Test func `each wait that ends with an error is recorded, and a cancelled one isn't`() async throws {
        let harness = SchedulingHarness { id, _ in id == "refused" ? FetchResponse(status: 401) : nil }
        let observer = EventLog<FetchEvent>()
        let client = try harness.client(
            observer: observer,
            policy: PollingPolicy(deadline: .seconds(25), schedule: .fixed(.seconds(10)))
        )
        await harness.clock.run {
            for id in ["9000", "9000", "refused"] {
                await #expect(throws: FetchError.self) { try await client.result(JobReference("test.job:\(id)")) }
            }
            _ = await harness.cancelling(after: .seconds(15)) { try await client.result(JobReference("test.job:8000")) }
        }
        let ends = observer.events.compactMap { event -> (code: FetchError.Code, elapsed: Duration, requests: Int)? in
            guard case .waitFailed(let error, let elapsed) = event.kind else { return nil }
            return (error.code, elapsed, event.request.number)
        }
        #expect(ends.map(\.code) == [.deadlineExceeded, .deadlineExceeded, .unauthorized])
        #expect(ends.map(\.requests).reduce(0, +) == harness.requests.count { $0.id != "8000" })
        #expect(ends.dropLast().allSatisfy { (.seconds(24)...(.seconds(25))).contains($0.elapsed) })
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
            case .waitFailed(let error, _): "ended by \(error.code)"
            }
        }
    }
}
