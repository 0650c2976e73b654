import FetchCore
import FetchJobs
import FetchJobsObservability
import FetchTesting
import Foundation
import InMemoryTracing
import Testing
import Tracing

@Suite("Spans of durable jobs") struct OutcomeSpanTests {
    private static let submitted = Date(timeIntervalSince1970: 1_700_000_000)

    private func end(_ job: DurableJob, _ tracer: InMemoryTracer) async throws -> FinishedInMemorySpan? {
        let clock = VirtualClock(epoch: Self.submitted.addingTimeInterval(3_600))
        let store = InMemoryJobStore(date: clock.wallClock)
        try await store.add([job])
        try await store.cancel(job.job, tenant: job.tenant)
        for outcome in try await store.takeDeliveries(limit: 1, for: .seconds(60)) {
            OutcomeSpans(tracer).record(outcome)
        }
        return tracer.finishedSpans.last { $0.operationName == "fetch.wait" }
    }

    @Test func `the span of a wait is linked to the span that has added the job`() async throws {
        let tracer = InMemoryTracer()
        let adding = tracer.startSpan("add", context: .topLevel)
        let submission = Submission(at: Self.submitted)
        let job = try DurableJob("example.clip:1", submitted: submission, note: ["row": 9])
            .traced(by: tracer, in: adding.context)
        adding.end()
        // What a store does with a job.
        let stored = try JSONDecoder().decode(DurableJob.self, from: JSONEncoder().encode(job))
        let span = try #require(try await end(stored, tracer))
        #expect(span.links.map(\.context.inMemorySpanContext?.spanID) == [adding.spanID])
        #expect(span.traceID != adding.traceID)
        #expect(span.startInstant.nanosecondsSinceEpoch == 1_700_000_000_000_000_000)
        #expect(span.endInstant.nanosecondsSinceEpoch == 1_700_003_600_000_000_000)
        #expect(span.attributes["fetch.outcome"]?.toSpanAttribute() == "cancelled")
        #expect(stored.note?["row"]?.integer == 9)
    }

    @Test func `a job without a context has a span without a link`() async throws {
        let tracer = InMemoryTracer()
        let job = try DurableJob("example.clip:1").traced(by: tracer, in: nil)
        #expect(job.note == nil)
        let span = try #require(try await end(job, tracer))
        #expect(span.links.isEmpty)
        // Without a date of the submission, the span has no length.
        #expect(span.startInstant.nanosecondsSinceEpoch == span.endInstant.nanosecondsSinceEpoch)
    }

    @Test func `a note that is no object stays as it is`() throws {
        let tracer = InMemoryTracer()
        let adding = tracer.startSpan("add", context: .topLevel)
        let job = try DurableJob("example.clip:1", note: ["a", "b"])
        #expect(job.traced(by: tracer, in: adding.context) == job)
        #expect(job.traceContext(by: tracer) == nil)
        adding.end()
    }

    @Test func `the context of the current task is the default`() throws {
        let tracer = InMemoryTracer()
        let job = try DurableJob("example.clip:1")
        let traced = tracer.withSpan("add") { _ in job.traced(by: tracer) }
        #expect(traced.traceContext(by: tracer)?.inMemorySpanContext?.spanID == tracer.finishedSpans.first?.spanID)
    }
}
