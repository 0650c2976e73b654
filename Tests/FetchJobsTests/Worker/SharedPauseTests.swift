import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization
import Testing

/// Counts the pauses that workers report.
private struct PauseCountingStore: WrappedJobStore {
    let inner: any JobStore
    let times: @Sendable (ProviderAccount) -> Void

    func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) async throws {
        times(account)
        try await inner.pause(account, for: duration, because: reason)
    }
}

@Suite("Pauses that workers share") struct SharedPauseTests {
    @Test func `a 429 that one worker receives pauses the account for all`() async throws {
        // The first request after half a minute is refused for 40 seconds.
        let refusal = Mutex<WorkerHarness.Request?>(nil)
        let harness = WorkerHarness { request in
            let isFirst = refusal.withLock { refusal in
                guard refusal == nil, request.time > .seconds(30) else { return false }
                refusal = request
                return true
            }
            return isFirst ? FetchResponse(status: 429, headers: ["Retry-After": "40"]) : WorkerHarness.pending
        }
        try await harness.clock.run {
            try await harness.add(1...40)
            let workers = try ["one", "two"].map { try harness.worker(key: APIKey("key-\($0)"), maximumJobs: 20) }
            try await harness.run(workers, for: .seconds(110))
        }
        let first = try #require(refusal.withLock { $0 })
        let others = harness.requests.filter { $0.key != first.key }.map(\.time)
        #expect(others.contains { $0 < first.time })
        // The other worker obeys with its next renewal, at most ten seconds later, and goes on after the pause.
        #expect(!others.contains { $0 > first.time + .seconds(12) && $0 < first.time + .seconds(40) })
        #expect(others.contains { $0 > first.time + .seconds(40) })
        #expect(harness.requests.filter { $0.key == first.key && $0.time > first.time + .seconds(42) }.count > 5)
    }

    @Test func `of an account, one pause is reported each second`() async throws {
        let harness = WorkerHarness(latency: .milliseconds(20)) { request in
            request.time < .seconds(10)
                ? WorkerHarness.pending : FetchResponse(json: "{}", headers: ["X-Pause": "0.1"])
        }
        let times = Mutex<[Duration]>([])
        let store = PauseCountingStore(inner: harness.store) { [clock = harness.clock] _ in
            times.withLock { $0.append(clock.elapsed) }
        }
        try await harness.clock.run {
            try await harness.add(1...200)
            try await harness.run([try harness.worker(store)], for: .seconds(20))
        }
        let reported = times.withLock { $0 }
        #expect(reported.count > 5)
        #expect(zip(reported, reported.dropFirst()).allSatisfy { $1 - $0 >= .seconds(1) })
        // There were more.
        #expect(harness.requests.filter { $0.time > .seconds(10) }.count > 2 * reported.count)
    }
}
