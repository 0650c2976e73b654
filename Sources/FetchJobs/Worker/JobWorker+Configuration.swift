extension JobWorker {
    /// The settings of a worker. Every setting has a default.
    public struct Configuration: Sendable, Hashable {
        /// The name of the worker for people, such as that of its machine. It needn't be unique.
        public var name: String

        /// The time without a renewal after which the worker's jobs go to others, at least a second. A sixth of it lies
        /// between two renewals.
        public var timeToLive: Duration

        /// The greatest number of jobs that the worker leases. Values below one count as one.
        public var maximumJobs: Int

        /// Creates a configuration.
        ///
        /// - Parameters:
        ///   - name: The name of the worker for people. Defaults to "worker".
        ///   - timeToLive: The time without a renewal after which the worker's jobs go to others. Defaults to one
        ///     minute.
        ///   - maximumJobs: The greatest number of jobs that the worker leases. Defaults to 100,000.
        public init(
            name: String = "worker",
            timeToLive: Duration = .seconds(60),
            maximumJobs: Int = 100_000
        ) {
            self.name = name
            self.timeToLive = timeToLive
            self.maximumJobs = maximumJobs
        }
    }
}
