import FetchCore
public import FetchJobs
import FetchMetrics
public import Tracing

/// Writes a span for the wait of each durable job, when its outcome is delivered.
///
/// ```swift
/// let spans = OutcomeSpans(tracer)
/// for try await delivery in store.deliveries() {
///     spans.record(delivery.outcome)
///     try await delivery.acknowledge()
/// }
/// ```
///
/// The span begins at the submission and has a link to the context in the job's note. It is started and ended at once,
/// so no span is open for hours, and none is lost with a process.
public struct OutcomeSpans: Sendable {
    private let tracer: any Tracer

    /// Creates a writer of spans.
    ///
    /// - Parameter tracer: Receives the spans.
    public init(_ tracer: any Tracer) { self.tracer = tracer }

    /// Writes the span `fetch.wait` of an outcome. An outcome that is delivered again has a second span.
    ///
    /// - Parameter outcome: The outcome. Without a date of the submission, its span has no length.
    public func record(_ outcome: StoredOutcome) {
        let beginning = min(outcome.job.submitted?.date ?? outcome.date, outcome.date)
        let span: any Span = tracer.startSpan(
            "fetch.wait",
            context: .topLevel,
            ofKind: .internal,
            at: DefaultTracerClock.Timestamp(beginning)
        )
        if let context = outcome.job.traceContext(by: tracer) {
            span.addLink(SpanLink(context: context, attributes: [:]))
        }
        span.attributes["fetch.job"] = LinkRedaction.withoutSignatures(outcome.job.job.description)
        span.attributes["fetch.endpoint"] = outcome.job.job.endpoint.rawValue
        span.attributes["fetch.requests"] = outcome.end.requests
        span.attributes["fetch.outcome"] = outcome.end.kind.rawValue
        if let error = outcome.end.error {
            span.attributes["error.type"] = error.code.description
            span.setStatus(SpanStatus(code: .error, message: error.code.description))
        }
        span.end(at: DefaultTracerClock.Timestamp(outcome.date))
    }
}
