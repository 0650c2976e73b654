extension FetchTelemetry {
    /// The settings of telemetry. Every setting has a default.
    public struct Configuration: Sendable, Hashable {
        /// The greatest number of events that aren't written yet. Further ones are dropped and counted. Values below
        /// one count as one.
        public var bufferedEvents: Int

        /// The greatest number of jobs whose beginning is kept, for the duration of their waits. If there are more,
        /// the oldest have no duration and no span. Zero turns durations, spans of waits and the gauge of requests in
        /// flight off.
        public var openWaits: Int

        /// The time between two samples of the gauges.
        public var samplingInterval: Duration

        /// The greatest number of warnings in a minute about retried requests with the same error, for each account.
        /// The others are counted. Values below one count as one.
        public var retryWarningsPerMinute: Int

        /// The fraction of requests that have a span, from 0 to 1.
        public var tracedRequests: Double

        /// True if each wait that ends has a span.
        public var tracesWaits: Bool

        /// The greatest number of values of a label. All further values are "other".
        public var labelValues: Int

        /// Creates a configuration.
        ///
        /// - Parameters:
        ///   - bufferedEvents: The greatest number of events that aren't written yet. Defaults to 8192.
        ///   - openWaits: The greatest number of jobs whose beginning is kept. Defaults to 100,000.
        ///   - samplingInterval: The time between two samples of the gauges. Defaults to 10 seconds.
        ///   - retryWarningsPerMinute: The greatest number of warnings about the same error. Defaults to 10.
        ///   - tracedRequests: The fraction of requests that have a span. Defaults to none.
        ///   - tracesWaits: True if each wait that ends has a span. Defaults to true.
        ///   - labelValues: The greatest number of values of a label. Defaults to 200.
        public init(
            bufferedEvents: Int = 8_192,
            openWaits: Int = 100_000,
            samplingInterval: Duration = .seconds(10),
            retryWarningsPerMinute: Int = 10,
            tracedRequests: Double = 0,
            tracesWaits: Bool = true,
            labelValues: Int = 200
        ) {
            self.bufferedEvents = bufferedEvents
            self.openWaits = openWaits
            self.samplingInterval = samplingInterval
            self.retryWarningsPerMinute = retryWarningsPerMinute
            self.tracedRequests = tracedRequests
            self.tracesWaits = tracesWaits
            self.labelValues = labelValues
        }
    }
}
