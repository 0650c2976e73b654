import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

/// A workload of random operations on a client that checks the client's invariants after each of them.
final class RandomizedWorkload: Sendable {
    private let generator: Mutex<SplitMix64>
    private let log = EventLog<String>()
    let harness: SchedulingHarness
    let client: FetchClient
    private let limits: [ProviderID: Int]

    /// Creates a workload that is determined by its seed.
    init(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        limits = ["test": Int.random(in: 1...4, using: &numbers), "other": Int.random(in: 1...4, using: &numbers)]
        let latency = [Duration.zero, .milliseconds(300), .seconds(4)].randomElement(using: &numbers) ?? .zero
        let responseGenerator = Mutex(SplitMix64(seed: seed &+ 1))
        harness = SchedulingHarness(latency: latency) { _, _ in
            switch responseGenerator.withLock({ Int.random(in: 0..<20, using: &$0) }) {
            case 0: FetchResponse(status: 429)
            case 1: FetchResponse(status: 503)
            case 2: FetchResponse(status: 401)
            case 3: FetchResponse(status: 200, body: Data("failed".utf8))
            default: nil
            }
        }
        let isFast = Bool.random(using: &numbers)
        client = try harness.client(
            limits: FetchLimits(requestsInFlight: limits["test"] ?? 1, requestsPerSecond: isFast ? nil : 3),
            providerLimits: ["other": FetchLimits(requestsInFlight: limits["other"] ?? 1)],
            policy: PollingPolicy(
                deadline: .seconds(40),
                requestTimeout: .seconds(3),
                maximumGap: .seconds(5),
                schedule: .fixed(.seconds(2))
            )
        )
        generator = Mutex(numbers)
    }

    /// The violated invariants, each with the operation after which it was found.
    var violations: [String] { log.events }

    private func number(_ range: Range<Int>) -> Int { generator.withLock { Int.random(in: range, using: &$0) } }

    private func job() throws -> JobReference {
        try JobReference("\(number(0..<3) == 0 ? "other" : "test").job:\(number(0..<30))-\(number(0..<3))")
    }

    /// Runs a number of operations concurrently, each at a random time.
    func run(_ count: Int) async {
        await withTaskGroup { group in
            for _ in 0..<count { group.addTask { await self.performAtRandomTime() } }
        }
        check("at the end")
        let invariants = client.schedulerInvariants
        if invariants != SchedulerInvariants(endpoints: invariants.endpoints) {
            log.record("not empty at the end: \(invariants)")
        }
    }

    private func performAtRandomTime() async {
        try? await harness.clock.sleep(for: .milliseconds(number(0..<40_000)))
        let action = number(0..<7)
        let deadline = Duration.seconds(number(1..<30))
        let limit = Duration.milliseconds(number(0..<3) == 0 ? number(0..<20_000) : 100_000)
        check("before \(action)")
        _ = await harness.cancelling(after: limit) { try await self.perform(action, deadline) }
        check("after \(action)")
    }

    private func perform(_ action: Int, _ deadline: Duration) async throws {
        var policy = client.policy
        policy.deadline = deadline
        switch action {
        case 0: await withinLimit(deadline) { _ = try await self.client.result(self.job(), policy: policy) }
        case 1: await withinLimit(.seconds(3)) { _ = try await self.client.fetch(self.job()) }
        case 2:
            for try await _ in client.updates(try job(), policy: policy) {
                check("after an update")
                try await harness.clock.sleep(for: .milliseconds(number(0..<5_000)))
            }
        case 3, 4: try await loop(over: client.batch(policy: policy), leaving: action == 4)
        case 5:
            let jobs = try (0..<number(1..<20)).map { _ in QueuedJob(try job()) }
            for try await _ in client.outcomes(of: Stream(jobs), maxConcurrent: number(1..<5)) {
                check("after an outcome")
            }
        default: for _ in 0..<number(1..<50) { client.wake(try job()) }
        }
    }

    /// Runs an action and records a violation if it exceeds the limit by more than the tolerance of the timer, 21 ms.
    private func withinLimit(_ limit: Duration, _ action: () async throws -> Void) async {
        let start = harness.clock.elapsed
        try? await action()
        let duration = harness.clock.elapsed - start
        if duration > limit + .milliseconds(21) { log.record("took \(duration) instead of \(limit)") }
    }

    /// Adds jobs to a batch, cancels some of them, and checks that each of the others has one outcome.
    private func loop(over batch: JobBatch, leaving: Bool) async throws {
        var open: Set<JobReference> = []
        for _ in 0..<number(1..<20) {
            let job = try job()
            batch.add(QueuedJob(job))
            open.insert(job)
        }
        // A thousand outcomes that are not consumed fill the batch.
        for number in 0..<(number(0..<3) == 0 ? 1_000 : 0) {
            batch.add(QueuedJob(try JobReference("unknown.endpoint:\(number)")))
        }
        try await harness.clock.sleep(for: .milliseconds(number(0..<3_000)))
        for job in open where number(0..<4) == 0 && batch.cancel(job) != nil { open.remove(job) }
        check("while a batch is full")
        batch.finish()
        for try await outcome in batch where outcome.job.endpoint != "unknown.endpoint" {
            if open.remove(outcome.job) == nil { log.record("\(outcome.job) was delivered twice") }
            check("after an outcome")
            if leaving { return }
        }
        if !open.isEmpty { log.record("\(open) have no outcome") }
    }

    private func check(_ moment: String) {
        let invariants = client.schedulerInvariants
        if invariants.polledJobs != invariants.requestsInFlight {
            log.record("\(moment): counts differ, \(invariants)")
        }
        if invariants.requestsInFlight > limits.values.reduce(0, +) {
            log.record("\(moment): too many requests in flight, \(invariants)")
        }
        if invariants.lostJobs != 0 { log.record("\(moment): a job was lost, \(invariants)") }
        if invariants.awaitedJobs > 0, invariants.requestsInFlight == 0, !invariants.isTimerSet {
            log.record("\(moment): no timer is set, \(invariants)")
        }
    }

    private struct Stream: AsyncSequence, AsyncIteratorProtocol, Sendable {
        var jobs: ArraySlice<QueuedJob>

        init(_ jobs: [QueuedJob]) { self.jobs = jobs[...] }

        func makeAsyncIterator() -> Self { self }

        mutating func next() async -> QueuedJob? { jobs.popFirst() }
    }
}
