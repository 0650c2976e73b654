/// What a client and its copies have done for the jobs of one endpoint since the client was created: counters for metrics.
///
/// Counters only grow. Whoever wants rates takes them at intervals and subtracts.
public struct EndpointStatistics: Sendable, Hashable {
    /// Requests that were begun. Further requests that an answer called for aren't counted.
    public internal(set) var requests = 0

    /// Answers that said that the job isn't ready: seen from its end, wasted requests.
    public internal(set) var pendingAnswers = 0

    /// Jobs that were found at their end, with an output or without.
    public internal(set) var detections = 0

    /// Requests that failed.
    public internal(set) var failures = 0

    /// Failed requests that somebody waits to have made again.
    public internal(set) var retries = 0

    /// How often the provider asked to slow down, refusals of requests that were on their way together counted once.
    public internal(set) var throttles = 0

    /// For how long jobs had been ready before they were found so, added up over ``estimatedDetections``.
    ///
    /// An estimate: half the time since the request before.
    public internal(set) var estimatedDelay: Duration = .zero

    /// The detections for which there is such an estimate: those with a request before.
    public internal(set) var estimatedDetections = 0

    /// Counts a job that was found at its end.
    mutating func noteDetection(after delay: Duration?) {
        detections += 1
        guard let delay else { return }
        estimatedDelay += delay
        estimatedDetections += 1
    }

    /// The mean of the estimated delays; nil where there is none.
    public var meanDelay: Duration? { estimatedDetections == 0 ? nil : estimatedDelay / estimatedDetections }
}
