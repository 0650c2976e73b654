import FetchCore
import FetchMetrics
import Tracing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes the spans of requests and of waits that have ended. A span is started and ended at once, with earlier times.
struct SpanWriter: Sendable {
    private let tracer: any Tracer
    private let requestFraction: Double
    private let writesWaits: Bool
    private let random: @Sendable () -> Double

    init(
        _ tracer: any Tracer,
        requestFraction: Double,
        writesWaits: Bool,
        random: @escaping @Sendable () -> Double
    ) {
        self.tracer = tracer
        self.requestFraction = requestFraction
        self.writesWaits = writesWaits
        self.random = random
    }

    /// Writes the spans of an event.
    ///
    /// - Parameters:
    ///   - recorded: The event.
    ///   - method: The method of the request. `nil` if it isn't known.
    ///   - duration: The duration of a wait that ends with the event. `nil` if it isn't known.
    func write(_ recorded: RecordedEvent, method: String?, after duration: Duration?) {
        switch recorded.event.kind {
        case .requested, .retrying, .throttled: break
        case .pending(_, let latency): writeRequest(recorded, method, latency, nil)
        case .detected(let isSuccess, let latency, let undetected):
            writeRequest(recorded, method, latency, nil)
            writeWait(recorded, isSuccess ? "succeeded" : "failed", duration, undetected, nil)
        case .failed(let error, let latency):
            writeRequest(recorded, method, latency, error)
        case .waitFailed(let error, _): writeWait(recorded, "error", duration, nil, error)
        }
    }

    private func writeRequest(_ recorded: RecordedEvent, _ method: String?, _ latency: Duration, _ error: FetchError?) {
        guard requestFraction > 0, random() < requestFraction else { return }
        let span = start(method ?? "HTTP", .client, recorded, earlierBy: latency)
        let request = recorded.event.request
        span.attributes["http.request.method"] = method ?? "_OTHER"
        if let host = request.host { span.attributes["server.address"] = host }
        if let status = request.httpStatus { span.attributes["http.response.status_code"] = status }
        span.attributes["fetch.request"] = request.number
        finish(span, recorded, error)
    }

    private func writeWait(
        _ recorded: RecordedEvent,
        _ outcome: String,
        _ duration: Duration?,
        _ undetected: Duration?,
        _ error: FetchError?
    ) {
        guard writesWaits, let duration else { return }
        let span = start("fetch.wait", .internal, recorded, earlierBy: duration)
        span.attributes["fetch.requests"] = recorded.event.request.number
        span.attributes["fetch.outcome"] = outcome
        if let undetected { span.attributes["fetch.detection_delay"] = undetected / .seconds(1) }
        finish(span, recorded, error)
    }

    private func start(
        _ name: String,
        _ kind: SpanKind,
        _ recorded: RecordedEvent,
        earlierBy duration: Duration
    ) -> any Span {
        let beginning = recorded.date.addingTimeInterval(-(duration / .seconds(1)))
        let span: any Span = tracer.startSpan(
            name,
            context: .topLevel,
            ofKind: kind,
            at: DefaultTracerClock.Timestamp(beginning)
        )
        let event = recorded.event
        span.attributes["fetch.job"] = LinkRedaction.withoutSignatures(event.job.description)
        span.attributes["fetch.endpoint"] = event.job.endpoint.rawValue
        span.attributes["fetch.provider"] = event.provider.rawValue
        return span
    }

    private func finish(_ span: any Span, _ recorded: RecordedEvent, _ error: FetchError?) {
        if let error {
            let response = recorded.event.request.httpStatus ?? error.httpStatus
            let status = response.flatMap { $0 >= 400 ? String($0) : nil }
            span.attributes["error.type"] = status ?? error.code.description
            span.setStatus(SpanStatus(code: .error, message: error.code.description))
        }
        span.end(at: DefaultTracerClock.Timestamp(recorded.date))
    }
}
