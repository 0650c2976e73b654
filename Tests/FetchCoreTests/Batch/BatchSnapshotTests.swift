import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Batch snapshots") struct BatchSnapshotTests {
    /// Stores a snapshot and reads it again, as another process does.
    private func stored(_ snapshot: BatchSnapshot) throws -> BatchSnapshot {
        let decoded = try JSONDecoder().decode(BatchSnapshot.self, from: JSONEncoder().encode(snapshot))
        #expect(decoded == snapshot)
        return decoded
    }

    /// Polls jobs in a process that ends after a time, and in another one that begins after a pause.
    private func poll(
        _ jobs: [QueuedJob],
        on harness: SchedulingHarness,
        policy: PollingPolicy,
        drainedAfter time: Duration,
        pause: Duration
    ) async throws -> [JobOutcome] {
        let first = try harness.client(policy: policy)
        let second = try harness.client(policy: policy)
        return try await harness.clock.run {
            let batch = first.batch()
            for job in jobs { batch.add(job) }
            try await harness.clock.sleep(for: time)
            let snapshot = try stored(batch.drain())
            let outcomes = try await batch.reduce(into: []) { $0.append($1) }
            try await harness.clock.sleep(for: pause)
            let next = second.batch(resuming: snapshot)
            next.finish()
            return try await outcomes + next.reduce(into: []) { $0.append($1) }
        }
    }

    /// Expects that requests are made at given times, at most as much later as dates are rounded.
    private func expect(_ times: [Duration], equal expected: [Duration], _ comment: Comment? = nil) {
        #expect(times.count == expected.count, comment)
        for (time, expected) in zip(times, expected) {
            #expect(time >= expected && time < expected + .milliseconds(1), comment)
        }
    }

    private let policies = [
        PollingPolicy(deadline: .seconds(3_600), schedule: .fixed(.seconds(10))), PollingPolicy(),
        PollingPolicy(deadline: .seconds(200), schedule: .exponential(first: .seconds(2))),
    ]

    @Test func `a batch that resumes a snapshot polls at the times at which the first one would have polled`()
        async throws
    {
        for policy in policies {
            for submitted in [nil, Submission(at: VirtualClock().date, eta: .seconds(60))] {
                let job = QueuedJob(try JobReference("test.job:100"), submitted: submitted)
                let whole = SchedulingHarness()
                let client = try whole.client(policy: policy)
                _ = try await whole.clock.run { try await client.outcomes(of: [job]).results() }
                let harness = SchedulingHarness()
                let outcomes = try await poll(
                    [job],
                    on: harness,
                    policy: policy,
                    drainedAfter: .seconds(34),
                    pause: .milliseconds(100)
                )
                #expect(outcomes.map(\.result.output?.outputArtifacts) == [[Artifact(.text("output 100"))]])
                let comment: Comment = "\(policy.schedule) \(submitted as Any)"
                expect(harness.times(of: "100"), equal: whole.times(of: "100"), comment)
                #expect(outcomes.first?.requests == whole.times(of: "100").count)
                let end = try #require(whole.times(of: "100").last)
                #expect(abs((outcomes.first?.elapsed ?? .zero).seconds - end.seconds) < 0.001)
            }
        }
    }

    @Test func `a job whose request came due while no process ran is polled at once`() async throws {
        let harness = SchedulingHarness()
        let outcomes = try await poll(
            [QueuedJob(try JobReference("test.job:50"))],
            on: harness,
            policy: policies[0],
            drainedAfter: .seconds(34),
            pause: .seconds(100)
        )
        expect(harness.times(of: "50"), equal: [0, 10, 20, 30, 134].map { .seconds($0) })
        #expect(outcomes.first?.result.error == nil)
    }

    @Test func `a job whose request was cancelled is polled no sooner than its shortest gap allows`() async throws {
        let harness = SchedulingHarness(latency: .seconds(3))
        var policy = policies[0]
        policy.minimumGap = .seconds(7)
        _ = try await poll(
            [QueuedJob(try JobReference("test.job:0"))],
            on: harness,
            policy: policy,
            drainedAfter: .seconds(2),
            pause: .seconds(1)
        )
        expect(harness.times(of: "0"), equal: [.zero, .seconds(7)])
    }

    @Test func `the deadline of a job stays the same`() async throws {
        let harness = SchedulingHarness()
        var policy = policies[0]
        policy.deadline = .seconds(100)
        let outcomes = try await poll(
            [QueuedJob(try JobReference("test.job:900"))],
            on: harness,
            policy: policy,
            drainedAfter: .seconds(34),
            pause: .seconds(20)
        )
        #expect(outcomes.first?.result.error?.code == .deadlineExceeded)
        #expect(harness.clock.elapsed > .seconds(99) && harness.clock.elapsed <= .seconds(100.1))
    }

    @Test func `the deadline of a job of its own stays the same`() async throws {
        let harness = SchedulingHarness()
        var policy = policies[0]
        policy.deadline = .seconds(60)
        let outcomes = try await poll(
            ["55", "500", "900"].map {
                QueuedJob(try JobReference(endpoint: "test.job", id: $0), deadline: .afterAdding(.seconds(600)))
            },
            on: harness,
            policy: policy,
            drainedAfter: .seconds(34),
            pause: .seconds(20)
        )
        #expect(outcomes.map(\.result.error?.code) == [nil, nil, .deadlineExceeded])
        #expect(harness.clock.elapsed > .seconds(599) && harness.clock.elapsed <= .seconds(600.1))
    }

    @Test func `a job whose deadline has passed while no process ran is polled once more`() async throws {
        let harness = SchedulingHarness()
        var policy = policies[0]
        policy.deadline = .seconds(100)
        let outcomes = try await poll(
            ["200", "9000"].map { QueuedJob(try JobReference(endpoint: "test.job", id: $0)) },
            on: harness,
            policy: policy,
            drainedAfter: .seconds(34),
            pause: .seconds(1_000)
        )
        #expect(outcomes.map(\.job.id) == ["200", "9000"])
        #expect(outcomes[0].result.error == nil)
        #expect(outcomes[1].result.error?.code == .deadlineExceeded)
        #expect(harness.clock.elapsed < .seconds(1_034 + 11))
    }

    @Test func `a provider that has asked for a pause isn't polled before its end`() async throws {
        let harness = SchedulingHarness { id, time in
            time < .seconds(31) && id == "0-limited"
                ? FetchResponse(status: 429, headers: ["Retry-After": "50"]) : nil
        }
        let times = ["0-limited", "60"]
        let outcomes = try await poll(
            times.map { QueuedJob(try JobReference(endpoint: "test.job", id: $0)) },
            on: harness,
            policy: policies[0],
            drainedAfter: .seconds(20),
            pause: .seconds(1)
        )
        #expect(outcomes.count == 2)
        let later = harness.requests.map(\.time).filter { $0 > .seconds(1) }
        #expect(later.allSatisfy { $0 >= .seconds(50) }, "\(later)")
    }

    @Test func `a snapshot has what is known of a job, and its context`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let start = harness.clock.date
        let batch = client.batch()
        let snapshot = try await harness.clock.run {
            try await harness.clock.sleep(for: .seconds(5))
            let submitted = Submission(at: start, eta: .seconds(60))
            batch.add(QueuedJob(try JobReference("test.job:900"), submitted: submitted, context: ["row": 7]))
            batch.add(QueuedJob(try JobReference("test.job:901")))
            try await harness.clock.sleep(for: .seconds(21))
            let snapshot = batch.snapshot()
            #expect(batch.count == 2, "the batch goes on")
            return snapshot
        }
        func time(_ date: Date?) -> Int? { date.map { Int($0.timeIntervalSince(start).rounded()) } }
        let job = try #require(snapshot.jobs.first)
        #expect(time(job.submitted?.date) == 0 && job.submitted?.eta == .seconds(60))
        #expect(job.context == ["row": 7])
        #expect(time(job.began) == 5 && time(job.deadline) == 3_605)
        #expect(time(job.lastRequest) == 20 && time(job.lastPending) == 20 && time(job.nextRequest) == 30)
        #expect(time(job.expectedEnd) == 60)
        #expect(job.requests == 2)
        #expect(snapshot.jobs[1].submitted == nil && snapshot.jobs[1].context == nil)
        #expect(time(snapshot.jobs[1].lastRequest) == 25)
    }

    @Test func `the context of a resumed job is that of its outcome`() async throws {
        let harness = SchedulingHarness()
        let outcomes = try await poll(
            [QueuedJob(try JobReference("test.job:50"), context: ["row": 7])],
            on: harness,
            policy: policies[0],
            drainedAfter: .seconds(34),
            pause: .zero
        )
        #expect(outcomes.map(\.context) == [["row": 7]])
    }

    @Test func `a job of a snapshot that is added again isn't polled twice`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let job = try JobReference("test.job:25")
        let outcomes = try await harness.clock.run {
            let batch = client.batch()
            batch.add(QueuedJob(job))
            try await harness.clock.sleep(for: .seconds(12))
            let next = client.batch(resuming: batch.drain())
            next.add(QueuedJob(job))
            #expect(next.count == 1)
            next.finish()
            return try await next.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 1)
        expect(harness.times(of: "25"), equal: [0, 10, 20, 30].map { .seconds($0) })
    }

    @Test func `3,000 jobs go on`() async throws {
        let harness = SchedulingHarness()
        let jobs = try (0..<3_000).map { QueuedJob(try JobReference("test.job:\($0 % 60)-\($0)")) }
        let outcomes = try await poll(
            jobs,
            on: harness,
            policy: policies[0],
            drainedAfter: .seconds(27),
            pause: .seconds(1)
        )
        #expect(Set(outcomes.map(\.job)).count == 3_000 && outcomes.count == 3_000)
        #expect(outcomes.allSatisfy { $0.result.error == nil })
    }
}
