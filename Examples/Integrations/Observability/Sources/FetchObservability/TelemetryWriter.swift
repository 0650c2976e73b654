import FetchCore

/// Writes recorded events as metrics, logs and spans.
///
/// It is an actor since two tasks use it: one writes events, the other one samples at intervals.
actor TelemetryWriter {
    private var metrics: ClientMetrics
    private var log: LogWriter?
    private let spans: SpanWriter?
    private var waits: OpenWaits

    init(_ metrics: sending ClientMetrics, _ log: sending LogWriter?, _ spans: SpanWriter?, maximumOpenWaits: Int) {
        self.metrics = metrics
        self.log = log
        self.spans = spans
        waits = OpenWaits(limit: maximumOpenWaits)
    }

    /// Writes events in their order, and the number of those that are missing.
    func write(_ events: [RecordedEvent], dropped: Int) {
        for event in events { write(event) }
        guard dropped > 0 else { return }
        metrics.noteDropped(dropped)
        log?.noteDropped(dropped)
    }

    private func write(_ event: RecordedEvent) {
        let duration = note(event)
        metrics.note(event.event, after: duration)
        spans?.write(event, method: metrics.method(of: event.event.job.endpoint), after: duration)
        log?.write(event, after: duration)
    }

    /// Notes an event in the table of waits, and returns the duration of the wait that ends with it.
    private func note(_ event: RecordedEvent) -> Duration? {
        switch event.event.kind {
        case .requested: waits.beginRequest(event)
        case .pending: waits.endRequest(event)
        case .detected: return waits.end(event)
        case .failed(let error, _): if error.isRetryable { waits.endRequest(event) } else { _ = waits.end(event) }
        case .waitFailed(_, let elapsed):
            _ = waits.end(event)
            return elapsed
        case .retrying, .throttled: break
        }
        return nil
    }

    /// Sets the gauges, and writes the lines that stand for others.
    ///
    /// - Parameters:
    ///   - statistics: The statistics of the client. Empty if there is none to sample.
    ///   - batches: The number of jobs of each batch.
    ///   - time: The current time.
    ///   - isLast: True if no event comes any more.
    func sample(
        _ statistics: [EndpointName: EndpointStatistics],
        batches: [String: Int],
        at time: Duration,
        isLast: Bool
    ) {
        metrics.setRequestsInFlight(waits.requestsInFlight(at: time))
        metrics.set(statistics)
        for (name, count) in batches { metrics.setWaitingJobs(count, of: name) }
        log?.writeCounted(at: isLast ? nil : time)
    }
}
