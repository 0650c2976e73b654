import FetchCore
import FetchMetrics
import Metrics

/// The metrics of a client, from its events.
struct ClientMetrics {
    private let registry: EndpointRegistry
    private var methods: [EndpointName: String] = [:]

    private var endpoints: BoundedLabel
    private var providers: BoundedLabel
    private var hosts: BoundedLabel
    private var codes: BoundedLabel
    private var batches: BoundedLabel

    private var requests: MetricFamily<RequestLabels, Counter>
    private var requestDuration: MetricFamily<DurationLabels, Metrics.Timer>
    private var jobDuration: MetricFamily<JobLabels, Metrics.Timer>
    private var detectionDelay: MetricFamily<SingleLabel, Metrics.Timer>
    private var throttles: MetricFamily<SingleLabel, Counter>
    private var pauses: MetricFamily<SingleLabel, Metrics.Timer>
    private var requestsInFlight: MetricFamily<SingleLabel, Gauge>
    private var unreturnedCalls: MetricFamily<SingleLabel, Gauge>
    private var waitingJobs: MetricFamily<SingleLabel, Gauge>
    private let dropped: Counter
    private var providersInFlight: Set<ProviderID> = []

    init(_ factory: any MetricsFactory, registry: EndpointRegistry, maximumLabelValues limit: Int) {
        self.registry = registry
        endpoints = BoundedLabel(limit: limit)
        providers = BoundedLabel(limit: limit)
        hosts = BoundedLabel(limit: limit)
        codes = BoundedLabel(limit: limit)
        batches = BoundedLabel(limit: limit)
        requests = MetricFamily(counters: MetricName.requests, factory)
        requestDuration = MetricFamily(timers: MetricName.requestDuration, factory)
        jobDuration = MetricFamily(timers: MetricName.jobDuration, factory)
        detectionDelay = MetricFamily(timers: MetricName.detectionDelay, factory)
        throttles = MetricFamily(counters: MetricName.throttles, factory)
        pauses = MetricFamily(timers: MetricName.throttlePause, factory)
        requestsInFlight = MetricFamily(gauges: MetricName.requestsInFlight, factory)
        unreturnedCalls = MetricFamily(gauges: MetricName.unreturnedCalls, factory)
        waitingJobs = MetricFamily(gauges: MetricName.waitingJobs, factory)
        dropped = Counter(label: MetricName.dropped, factory: factory)
    }

    /// Counts an event.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - duration: The duration of a wait that ends with the event. `nil` if it isn't known.
    mutating func note(_ event: FetchEvent, after duration: Duration?) {
        switch event.kind {
        case .requested, .retrying: break
        case .pending(_, let latency): noteRequest(event, .pending, latency, nil)
        case .detected(let isSuccess, let latency, let undetected):
            let outcome = isSuccess ? RequestOutcome.succeeded : .failed
            noteRequest(event, outcome, latency, nil)
            noteEnd(event, outcome, duration, nil)
            if let undetected {
                detectionDelay[endpointLabel(event.job.endpoint)].record(undetected)
            }
        case .failed(let error, let latency):
            noteRequest(event, .error, latency, error)
        case .waitFailed(let error, _): noteEnd(event, .error, duration, error)
        case .throttled(let pause):
            let label = providerLabel(event.provider)
            throttles[label].increment()
            pauses[label].record(pause)
        }
    }

    /// Counts events that were dropped.
    func noteDropped(_ count: Int) { dropped.increment(by: count) }

    /// Returns the method of an endpoint's requests. `nil` if the endpoint isn't registered.
    mutating func method(of endpoint: EndpointName) -> String? {
        if let method = methods[endpoint] { return method }
        guard let method = try? registry.endpoint(named: endpoint).method.description else { return nil }
        methods[endpoint] = method
        return method
    }

    /// Sets the gauge of the requests in flight.
    mutating func setRequestsInFlight(_ counts: [ProviderID: Int]) {
        for provider in providersInFlight.union(counts.keys) {
            requestsInFlight[providerLabel(provider)].record(counts[provider] ?? 0)
        }
        providersInFlight.formUnion(counts.keys)
    }

    /// Sets the gauges of a client's statistics.
    mutating func set(_ statistics: [EndpointName: EndpointStatistics]) {
        for (endpoint, statistics) in statistics {
            unreturnedCalls[endpointLabel(endpoint)].record(statistics.unreturnedCalls)
        }
    }

    /// Sets the gauge of the jobs that a batch waits for.
    mutating func setWaitingJobs(_ count: Int, of batch: String) {
        waitingJobs[SingleLabel("batch", batches.value(batch))].record(count)
    }

    private mutating func noteRequest(
        _ event: FetchEvent,
        _ outcome: RequestOutcome,
        _ latency: Duration,
        _ error: FetchError?
    ) {
        let code = error.map { codes.value($0.code.description) }
        let labels = RequestLabels(
            provider: providers.value(event.provider.rawValue),
            endpoint: endpoints.value(event.job.endpoint.rawValue),
            outcome: outcome,
            error: code ?? RequestLabels.none
        )
        requests[labels].increment()
        // Without a host, nothing was sent.
        guard let host = event.request.host else { return }
        let status = event.request.httpStatus
        let duration = DurationLabels(
            method: method(of: event.job.endpoint) ?? "_OTHER",
            host: hosts.value(host),
            status: status.map { (100..<600).contains($0) ? String($0) : BoundedLabel.other } ?? DurationLabels.none,
            error: status.flatMap { $0 >= 400 ? String($0) : nil } ?? code ?? DurationLabels.none
        )
        requestDuration[duration].record(latency)
    }

    private mutating func noteEnd(
        _ event: FetchEvent,
        _ outcome: RequestOutcome,
        _ duration: Duration?,
        _ error: FetchError?
    ) {
        guard let duration else { return }
        let labels = JobLabels(
            endpoint: endpoints.value(event.job.endpoint.rawValue),
            outcome: outcome,
            error: error.map { codes.value($0.code.description) } ?? RequestLabels.none
        )
        jobDuration[labels].record(duration)
    }

    private mutating func endpointLabel(_ name: EndpointName) -> SingleLabel {
        SingleLabel("endpoint", endpoints.value(name.rawValue))
    }

    private mutating func providerLabel(_ provider: ProviderID) -> SingleLabel {
        SingleLabel("provider", providers.value(provider.rawValue))
    }
}
