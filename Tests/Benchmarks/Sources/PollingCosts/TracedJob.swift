/// A job of a trace.
package struct TracedJob: Sendable, Hashable {
    /// The duration in seconds.
    package var duration: Double

    /// The provider's estimate of the duration in seconds; `nil` if there was none.
    package var eta: Double?

    package init(duration: Double, eta: Double? = nil) {
        self.duration = duration
        self.eta = eta
    }
}
