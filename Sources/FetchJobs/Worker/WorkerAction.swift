import FetchCore

/// An action of a worker's driver after an event.
enum WorkerAction: Sendable, Equatable {
    /// Adds a job to the batch.
    case poll(LeasedJob)
    /// Removes a job from the batch.
    case stopPolling(PolledKey)
    /// Polls a job soon.
    case wake(PolledKey)
    /// Changes the limits of the client for an account.
    case setLimits(ProviderAccount, FetchLimits)
    /// Has the client begin no request of an account for a time.
    case pauseClient(ProviderAccount, Duration)
    /// Pauses an account for all workers.
    case pauseAccount(ProviderAccount, Duration, reason: String)
}
