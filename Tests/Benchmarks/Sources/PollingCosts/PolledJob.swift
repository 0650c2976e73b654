/// The result of polling one job.
package struct PolledJob: Sendable, Hashable {
    /// The number of requests, including the last one.
    package var requests: Int

    /// The time in seconds from the end of the job to the response that reported it.
    package var delay: Double

    package init(requests: Int, delay: Double) {
        self.requests = requests
        self.delay = delay
    }

    /// The number of requests plus the delay in seconds.
    package var cost: Double { Double(requests) + delay }
}
