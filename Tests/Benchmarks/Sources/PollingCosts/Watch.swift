/// How one job was watched: how often it was asked about, and how late it was found done.
package struct Watch: Sendable, Hashable {
    /// How often the job was asked about, the last time included.
    package var requests: Int

    /// The seconds from the job's end to the answer that told it.
    package var delay: Double

    /// Creates a watch.
    package init(requests: Int, delay: Double) {
        self.requests = requests
        self.delay = delay
    }

    /// Requests and seconds of delay, one worth as much as the other.
    package var cost: Double { Double(requests) + delay }
}
