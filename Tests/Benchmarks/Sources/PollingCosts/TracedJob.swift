/// A job as a trace has it.
package struct TracedJob: Sendable, Hashable {
    /// How long it took, in seconds.
    package var duration: Double

    /// How long the provider said that it would take, in seconds, if it said.
    package var eta: Double?

    /// Creates a job.
    package init(duration: Double, eta: Double? = nil) {
        self.duration = duration
        self.eta = eta
    }
}
