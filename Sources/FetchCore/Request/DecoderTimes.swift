/// The largest bodies that a decoder is expected to decode quickly, by the times that it took for others.
///
/// A quick decoder whose thread the system suspends for some time seems slow. So one slow run sends only the next run to
/// another thread, and more runs the more often it happens.
package struct DecoderTimes {
    /// The time from which on a run is slow.
    static let slowTime = Duration.milliseconds(5)

    /// The numbers of quick runs after a slow one until the decoder counts as quick again: after the first slow run,
    /// and after many within ``memory``.
    private static let probations = 1...64

    /// The time after which a slow run is forgotten.
    private static let memory = Duration.seconds(10)

    /// A body is expected to be decoded quickly if it isn't larger than this, or than four times one that was.
    private static let smallBody = 16 << 10

    /// The largest size in bytes of a body that is expected to be decoded quickly. -1 if none is.
    package private(set) var quickSize = -1

    /// The number of quick runs that are still required.
    private var requiredRuns = 1

    /// The number that the last slow run has required.
    private var probation = 0

    private var lastSlowRun: ContinuousClock.Instant?

    /// Creates the times of a decoder that hasn't run yet.
    package init() {}

    /// Notes a run.
    ///
    /// - Parameters:
    ///   - bytes: The size of the body in bytes.
    ///   - start: The start of the run.
    ///   - end: Its end.
    package mutating func note(_ bytes: Int, from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) {
        guard start.duration(to: end) < Self.slowTime else { return noteSlowRun(at: end) }
        if bytes <= quickSize { return }
        if requiredRuns > 0 { requiredRuns -= 1 }
        if requiredRuns == 0 { quickSize = max(4 * bytes, Self.smallBody, quickSize) }
    }

    private mutating func noteSlowRun(at time: ContinuousClock.Instant) {
        let isForgotten = lastSlowRun.map { $0.duration(to: time) > Self.memory } ?? true
        probation = isForgotten ? Self.probations.lowerBound : min(8 * probation, Self.probations.upperBound)
        (requiredRuns, lastSlowRun, quickSize) = (probation, time, -1)
    }
}
