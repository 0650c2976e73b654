public import FetchCore
public import Logging
public import Metrics
import Synchronization
public import Tracing

/// Passes the events of a client to swift-log, swift-metrics and swift-distributed-tracing.
///
/// ```swift
/// let telemetry = FetchTelemetry(logger: logger, registry: registry)
/// let client = FetchClient(
///     registry: registry,
///     transport: transport,
///     credentials: credentials,
///     configuration: FetchClient.Configuration(observer: telemetry)
/// )
/// await telemetry.run(sampling: client)
/// ```
///
/// ``record(_:)`` never blocks: it adds the event to a bounded buffer, and ``run(sampling:)`` writes it. An event that
/// finds no room is dropped and counted in `fetchkit.telemetry.dropped`.
///
/// The labels of metrics are names of providers, endpoints, hosts, codes and statuses, each with a limited number of
/// values, and never ids of jobs or accounts. Logs and spans contain no key, no query of a link and no signature.
public final class FetchTelemetry: FetchObserver {
    private struct State {
        var buffer: EventBuffer
        /// Wakes the running task. `nil` if there is none.
        var wakeUp: AsyncStream<Void>.Continuation?
        var batches: [String: ObservedBatch] = [:]
        var lastBatch = 0
    }

    private struct ObservedBatch {
        let number: Int
        /// Returns the number of jobs; `nil` if the batch is released.
        let count: @Sendable () -> Int?
    }

    private let state: Mutex<State>
    private let writer: TelemetryWriter
    private let time: ElapsedTime
    private let environment: FetchClient.Environment
    private let samplingInterval: Duration

    /// Creates telemetry. It writes nothing before ``run(sampling:)``.
    ///
    /// - Parameters:
    ///   - logger: Receives the lines. `nil` if nothing is to be logged.
    ///   - metrics: Creates the metrics. Defaults to the factory of the process, so call `MetricsSystem.bootstrap`
    ///     before.
    ///   - tracer: Receives the spans. Defaults to none.
    ///   - registry: The endpoints, whose methods are a label. Defaults to none: the method is `_OTHER` then.
    ///   - configuration: The settings.
    ///   - environment: The clocks and random numbers. Only tests replace them.
    public init(
        logger: Logger?,
        metrics: any MetricsFactory = MetricsSystem.factory,
        tracer: (any Tracer)? = nil,
        registry: EndpointRegistry = EndpointRegistry(),
        configuration: Configuration = Configuration(),
        environment: FetchClient.Environment = FetchClient.Environment()
    ) {
        state = Mutex(State(buffer: EventBuffer(capacity: configuration.bufferedEvents)))
        writer = TelemetryWriter(
            ClientMetrics(metrics, registry: registry, maximumLabelValues: configuration.labelValues),
            logger.map { LogWriter($0, retriesPerMinute: configuration.retryWarningsPerMinute) },
            tracer.map { tracer in
                SpanWriter(
                    tracer,
                    requestFraction: configuration.tracedRequests,
                    writesWaits: configuration.tracesWaits,
                    random: environment.random
                )
            },
            maximumOpenWaits: configuration.openWaits
        )
        time = ElapsedTime(on: environment.clock)
        samplingInterval = configuration.samplingInterval
        self.environment = environment
    }

    /// Adds an event to the buffer.
    public func record(_ event: FetchEvent) {
        let recorded = RecordedEvent(event, at: time.now, environment.wallClock())
        state.withLock { state in
            let wasEmpty = state.buffer.isEmpty
            state.buffer.append(recorded)
            if wasEmpty { state.wakeUp?.yield() }
        }
    }

    /// Reports the number of jobs that a batch waits for, as long as the batch exists.
    ///
    /// - Parameters:
    ///   - batch: The batch. It isn't kept in memory for it.
    ///   - name: The label of its gauge.
    public func observe(_ batch: JobBatch, named name: String) {
        state.withLock { state in
            state.lastBatch += 1
            state.batches[name] = ObservedBatch(number: state.lastBatch) { [weak batch] in batch?.count }
        }
    }

    /// Writes events until the task is cancelled. Then it writes those that are left, and returns.
    ///
    /// Cancel it after the tasks that use the client. A second call ends the first one.
    ///
    /// - Parameter client: The client whose statistics are sampled. Defaults to none.
    public func run(sampling client: FetchClient? = nil) async {
        let (wakeUps, wakeUp) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            state.wakeUp?.finish()
            state.wakeUp = wakeUp
            if !state.buffer.isEmpty { wakeUp.yield() }
        }
        await withTaskGroup { group in
            group.addTask { await self.sampleAtIntervals(client) }
            for await _ in wakeUps { await drain() }
            group.cancelAll()
        }
        await drain()
        await sample(client, isLast: true)
    }

    private func drain() async {
        let (events, dropped) = state.withLock { $0.buffer.take() }
        await writer.write(events, dropped: dropped)
    }

    private func sampleAtIntervals(_ client: FetchClient?) async {
        while (try? await environment.clock.sleep(for: samplingInterval)) != nil {
            await sample(client, isLast: false)
        }
    }

    private func sample(_ client: FetchClient?, isLast: Bool) async {
        // Counting takes locks of the client, and may release a batch, so this lock isn't held then.
        let batches = state.withLock(\.batches)
        let counts = batches.mapValues { $0.count() }
        state.withLock { state in
            // A batch that is released is reported for the last time.
            state.batches = state.batches.filter { name, batch in
                batch.number != batches[name]?.number || counts[name] != .some(nil)
            }
        }
        let waiting = counts.mapValues { $0 ?? 0 }
        await writer.sample(client?.statistics ?? [:], batches: waiting, at: time.now, isLast: isLast)
    }
}
