/// Counters of a client's work for the jobs of one endpoint, since the client was created. Copies of a client share
/// them.
///
/// The counters only grow, except for ``unreturnedCalls``. For rates, subtract the values of two points in time.
public struct EndpointStatistics: Sendable, Hashable {
    /// The number of polls. The follow-ups of a poll aren't counted.
    public internal(set) var requests = 0

    /// The number of responses with the state pending. They are the wasted requests of jobs that have ended since.
    public internal(set) var pendingResponses = 0

    /// The number of jobs whose end was detected, with an output or without.
    public internal(set) var detections = 0

    /// The number of failed requests.
    public internal(set) var failures = 0

    /// The number of failed requests that were retried for at least one subscriber.
    public internal(set) var retries = 0

    /// The number of pauses after the provider limited the rate. Simultaneous responses with 429 count once.
    public internal(set) var throttles = 0

    /// The number of calls that haven't returned although they were given up: calls of a transport, of the function of
    /// ``Credentials``, or of ``FetchEndpoint/sign(_:with:at:)``, whose time was over or whose caller was cancelled.
    ///
    /// It is zero or small if they end soon after the cancellation of their task. A number that stays above zero or
    /// grows shows that one of them ignores cancellation. The client doesn't wait for it, but each such call keeps its
    /// memory.
    public internal(set) var unreturnedCalls = 0

    /// The estimated time between the end of a job and its detection, as the sum over ``estimatedDetections``.
    ///
    /// The estimate is half the time since the previous request for the job.
    public internal(set) var estimatedDelay: Duration = .zero

    /// The number of detections with an estimated delay: those of jobs that had an earlier request.
    public internal(set) var estimatedDetections = 0

    /// Counts the detection of a job's end.
    mutating func noteDetection(after delay: Duration?) {
        detections += 1
        guard let delay else { return }
        estimatedDelay += delay
        estimatedDetections += 1
    }

    /// The mean of the estimated delays. `nil` if there is none.
    public var meanDelay: Duration? { estimatedDetections == 0 ? nil : estimatedDelay / estimatedDetections }
}
