import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Deadlines of single jobs") struct JobDeadlineTests {
    @Test func `a job's own deadline replaces the policy's`() async throws {
        let ends = try await ends(of: [
            ("900", nil, nil),
            ("901", nil, .afterAdding(.seconds(30))),
            ("902", nil, .afterAdding(.seconds(5_000))),
        ])
        #expect(try #require(ends["900"]).time <= .seconds(60))
        #expect(try #require(ends["901"]).time <= .seconds(30))
        #expect(try #require(ends["902"]).isSuccess)
    }

    @Test func `a deadline after the submission stays where it was when the job is added again`() async throws {
        let hourAgo = Duration.seconds(3_600)
        let ends = try await ends(of: [
            ("1000", hourAgo, .afterSubmission(.seconds(4_000))),
            ("1001", hourAgo, .afterSubmission(.seconds(5_000))),
            ("1002", nil, .afterSubmission(.seconds(1_100))),
        ])
        #expect(try #require(ends["1000"]).isSuccess == false)
        #expect(try #require(ends["1000"]).time <= .seconds(400))
        #expect(try #require(ends["1001"]).isSuccess)
        #expect(try #require(ends["1002"]).isSuccess, "without a submission it counts from when the job is added")
    }

    @Test func `a job whose deadline has passed is looked for once more`() async throws {
        let ends = try await ends(of: [("0", .seconds(86_400), .afterSubmission(.seconds(600)))])
        #expect(try #require(ends["0"]).isSuccess)
    }

    @Test(arguments: [Duration.seconds(-5), .zero, .seconds(Int64.max / 2)])
    func `an absurd deadline is clamped`(limit: Duration) async throws {
        let ends = try await ends(of: [("0", nil, .afterAdding(limit)), ("1", nil, .afterSubmission(limit))])
        #expect(ends.count == 2)
    }

    @Test func `a deadline is stored with its job, and a job without one is read as before`() throws {
        let job = QueuedJob(
            try JobReference("test.job:1"),
            submitted: Submission(at: Date(timeIntervalSince1970: 5), eta: .seconds(40)),
            deadline: .afterSubmission(.seconds(3_600))
        )
        let stored = try JSONEncoder().encode(job)
        #expect(try JSONDecoder().decode(QueuedJob.self, from: stored) == job)
        let old = Data(#"{"job":"test.job:1"}"#.utf8)
        #expect(try JSONDecoder().decode(QueuedJob.self, from: old) == QueuedJob(try JobReference("test.job:1")))
    }

    /// Waits for jobs of given ages that are done as many seconds after the start as their ids say, under a policy with
    /// a deadline of a minute, and returns when and how each wait ended.
    private func ends(
        of jobs: [(id: String, age: Duration?, deadline: JobDeadline?)]
    ) async throws -> [String: (time: Duration, isSuccess: Bool)] {
        let harness = SchedulingHarness()
        let batch = try harness.client(policy: PollingPolicy(deadline: .seconds(60))).batch()
        return try await harness.clock.run {
            for job in jobs {
                let reference = try JobReference(endpoint: "test.job", id: job.id)
                let submission = job.age.map { age in
                    Submission(at: harness.clock.date.addingTimeInterval(-Double(age.components.seconds)))
                }
                batch.add(QueuedJob(reference, submitted: submission, deadline: job.deadline))
            }
            batch.finish()
            var ends: [String: (Duration, Bool)] = [:]
            for try await outcome in batch {
                ends[outcome.job.id] = (harness.clock.elapsed, (try? outcome.result.get()) != nil)
            }
            return ends
        }
    }
}
