import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Malformed batch snapshots") struct MalformedSnapshotTests {
    private static func snapshot(_ reference: String, began: Double, deadline: Double, nextRequest: Double) throws
        -> BatchSnapshot
    {
        func date(_ time: Double) -> Date { Date(timeIntervalSince1970: 1_700_000_000 + time) }
        return BatchSnapshot([
            WaitingJob(
                try JobReference(reference),
                context: 7,
                began: date(began),
                deadline: date(deadline),
                nextRequest: date(nextRequest)
            )
        ])
    }

    private func text(of snapshot: BatchSnapshot) throws -> String {
        String(decoding: try JSONEncoder().encode(snapshot), as: UTF8.self)
    }

    private func decode(_ text: some StringProtocol) throws -> BatchSnapshot {
        try JSONDecoder().decode(BatchSnapshot.self, from: Data(text.utf8))
    }

    @Test func `a snapshot of a later version is refused with both versions in the message`() throws {
        let text = try text(of: Self.snapshot("test.job:0", began: 0, deadline: 100, nextRequest: 10))
        let later = text.replacing(#""version":1"#, with: #""version":2"#)
        #expect(later != text)
        let error = #expect(throws: DecodingError.self) { try decode(later) }
        #expect(
            "\(try #require(error))".contains(
                "version 2 of a batch snapshot was written by a later version of FetchKit; this one reads versions up to 1"
            )
        )
    }

    @Test func `a snapshot that is truncated anywhere is refused`() throws {
        let text = try text(of: Self.snapshot("test.job:0", began: 0, deadline: 100, nextRequest: 10))
        #expect(throws: Never.self) { try decode(text) }
        for length in 0..<text.count {
            #expect(throws: DecodingError.self, "the first \(length) characters") { try decode(text.prefix(length)) }
        }
    }

    @Test(arguments: ["{}", "[]", #"{"version":1}"#, #"{"version":1,"jobs":[{}]}"#, #"{"version":"x","jobs":[]}"#])
    func `what isn't a snapshot is refused`(text: String) {
        #expect(throws: DecodingError.self) { try decode(text) }
    }

    @Test func `a job of an unknown endpoint has an outcome that says so, and the others go on`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        var snapshot = try Self.snapshot("gone.job:1", began: 0, deadline: 100, nextRequest: 10)
        snapshot.jobs += try Self.snapshot("test.job:0", began: 0, deadline: 100, nextRequest: 10).jobs
        let resumed = snapshot
        let outcomes = try await harness.clock.run {
            let batch = client.batch(resuming: resumed)
            batch.finish()
            return try await batch.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.map(\.job.description) == ["gone.job:1", "test.job:0"])
        #expect(outcomes[0].result.error?.code == .unknownEndpoint)
        #expect(outcomes[0].context == 7)
        #expect(outcomes[1].result.error == nil)
    }

    @Test(arguments: [
        (began: -1e300, deadline: 1e300, nextRequest: 1e300), (began: 1e300, deadline: -1e300, nextRequest: -1e300),
        (began: 0, deadline: 0, nextRequest: 0), (began: 50, deadline: 20, nextRequest: 1_000),
    ])
    func `a job with absurd dates is polled within the bounds of the policy`(
        dates: (began: Double, deadline: Double, nextRequest: Double)
    ) async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(policy: PollingPolicy(deadline: .seconds(600), maximumGap: .seconds(20)))
        var snapshot = try Self.snapshot(
            "test.job:0",
            began: dates.began,
            deadline: dates.deadline,
            nextRequest: dates.nextRequest
        )
        snapshot.jobs[0].requests = dates.began < 0 ? .max : .min
        snapshot.jobs[0].lastPending = Date(timeIntervalSince1970: dates.nextRequest)
        snapshot.jobs[0].expectedEnd = Date(timeIntervalSince1970: dates.began)
        let resumed = snapshot
        let outcomes = try await harness.clock.run {
            let batch = client.batch(resuming: resumed)
            batch.finish()
            return try await batch.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.map(\.result.error) == [nil])
        #expect(harness.clock.elapsed <= .seconds(21))
    }
}
