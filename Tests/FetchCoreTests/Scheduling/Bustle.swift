import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

/// Does one thing after another with a client, as chance has it, and holds its books against what must be true after each.
final class Bustle: Sendable {
    private let chance: Mutex<SplitMix>
    private let broken = Journal<String>()
    let depot: Depot
    let client: FetchClient
    private let limits: [ProviderID: Int]

    /// Begins with a seed, which decides all else.
    init(seed: UInt64) throws {
        var numbers = SplitMix(state: seed)
        limits = ["depot": Int.random(in: 1...4, using: &numbers), "other": Int.random(in: 1...4, using: &numbers)]
        let latency = [Duration.zero, .milliseconds(300), .seconds(4)].randomElement(using: &numbers) ?? .zero
        let answers = Mutex(SplitMix(state: seed &+ 1))
        depot = Depot(latency: latency) { _, _ in
            switch answers.withLock({ Int.random(in: 0..<20, using: &$0) }) {
            case 0: FetchResponse(status: 429)
            case 1: FetchResponse(status: 503)
            case 2: FetchResponse(status: 401)
            case 3: FetchResponse(status: 200, body: Data("lost".utf8))
            default: nil
            }
        }
        let isFast = Bool.random(using: &numbers)
        client = try depot.client(
            limits: FetchLimits(requestsInFlight: limits["depot"] ?? 1, requestsPerSecond: isFast ? nil : 3),
            providerLimits: ["other": FetchLimits(requestsInFlight: limits["other"] ?? 1)],
            policy: PollingPolicy(
                deadline: .seconds(40),
                requestTimeout: .seconds(3),
                maximumGap: .seconds(5),
                schedule: .fixed(.seconds(2))
            )
        )
        chance = Mutex(numbers)
    }

    /// What was found wrong.
    var findings: [String] { broken.entries }

    private func number(_ range: Range<Int>) -> Int { chance.withLock { Int.random(in: range, using: &$0) } }

    private func job() throws -> JobReference {
        try JobReference("\(number(0..<3) == 0 ? "other" : "depot").crate:\(number(0..<30))-\(number(0..<3))")
    }

    /// Does so many things at once, each at its own time.
    func run(_ count: Int) async {
        await withTaskGroup { group in
            for _ in 0..<count { group.addTask { await self.actAtSomeTime() } }
        }
        check("the end")
        let backlog = client.backlog
        if backlog != Backlog(endpoints: backlog.endpoints) { broken.note("left at the end: \(backlog)") }
    }

    private func actAtSomeTime() async {
        try? await depot.clock.sleep(for: .milliseconds(number(0..<40_000)))
        let action = number(0..<7)
        let patience = Duration.seconds(number(1..<30))
        let limit = Duration.milliseconds(number(0..<3) == 0 ? number(0..<20_000) : 100_000)
        check("before \(action)")
        _ = await depot.cancelling(after: limit) { try await self.act(action, patience) }
        check("after \(action)")
    }

    private func act(_ action: Int, _ patience: Duration) async throws {
        var policy = client.policy
        policy.deadline = patience
        switch action {
        case 0: await keeping(to: patience) { _ = try await self.client.result(self.job(), policy: policy) }
        case 1: await keeping(to: .seconds(3)) { _ = try await self.client.fetch(self.job()) }
        case 2:
            for try await _ in client.updates(try job(), policy: policy) {
                check("an update")
                try await depot.clock.sleep(for: .milliseconds(number(0..<5_000)))
            }
        case 3, 4: try await loop(over: client.batch(policy: policy), leaving: action == 4)
        case 5:
            let jobs = try (0..<number(1..<20)).map { _ in QueuedJob(try job()) }
            for try await _ in client.outcomes(of: Stream(jobs), atOnce: number(1..<5)) { check("an outcome") }
        default: for _ in 0..<number(1..<50) { client.wake(try job()) }
        }
    }

    /// Does something that may not take longer, whatever else is going on; the timer may be late by its rest.
    private func keeping(to limit: Duration, _ action: () async throws -> Void) async {
        let begin = depot.clock.elapsed
        try? await action()
        let time = depot.clock.elapsed - begin
        if time > limit + .milliseconds(21) { broken.note("it took \(time), not \(limit)") }
    }

    /// Adds jobs to a batch, takes some of them out, and counts what comes of the others.
    private func loop(over batch: JobBatch, leaving: Bool) async throws {
        var open: Set<JobReference> = []
        for _ in 0..<number(1..<20) {
            let job = try job()
            batch.add(QueuedJob(job))
            open.insert(job)
        }
        // So many that nobody takes that the batch is full.
        for number in 0..<(number(0..<3) == 0 ? 1_000 : 0) {
            batch.add(QueuedJob(try JobReference("no.one:\(number)")))
        }
        try await depot.clock.sleep(for: .milliseconds(number(0..<3_000)))
        for job in open where number(0..<4) == 0 && batch.cancel(job) { open.remove(job) }
        check("a full batch")
        batch.finish()
        for try await outcome in batch where outcome.job.endpoint != "no.one" {
            if open.remove(outcome.job) == nil { broken.note("\(outcome.job) came twice") }
            check("an outcome")
            if leaving { return }
        }
        if !open.isEmpty { broken.note("\(open) never came") }
    }

    private func check(_ moment: String) {
        let backlog = client.backlog
        if backlog.asked != backlog.inFlight { broken.note("\(moment): counts differ, \(backlog)") }
        if backlog.inFlight > limits.values.reduce(0, +) { broken.note("\(moment): too many, \(backlog)") }
        if backlog.lost != 0 { broken.note("\(moment): a job is forgotten, \(backlog)") }
        if backlog.awaited > 0, backlog.inFlight == 0, !backlog.isTimerSet {
            broken.note("\(moment): nothing will ever happen, \(backlog)")
        }
    }

    private struct Stream: AsyncSequence, AsyncIteratorProtocol, Sendable {
        var jobs: ArraySlice<QueuedJob>

        init(_ jobs: [QueuedJob]) { self.jobs = jobs[...] }

        func makeAsyncIterator() -> Self { self }

        mutating func next() async -> QueuedJob? { jobs.popFirst() }
    }
}
