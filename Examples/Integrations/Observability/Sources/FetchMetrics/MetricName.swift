/// The names of the metrics. README.md describes each of them.
package enum MetricName {
    /// The number of polls that have ended.
    package static let requests = "fetchkit.requests"
    /// The duration of a poll, under the name of OpenTelemetry's conventions.
    package static let requestDuration = "http.client.request.duration"
    /// The time from the first request of a wait to its end.
    package static let jobDuration = "fetchkit.job.duration"
    /// The estimated time from the end of a job to its detection.
    package static let detectionDelay = "fetchkit.detection.delay"
    /// The number of jobs that a batch waits for.
    package static let waitingJobs = "fetchkit.jobs.waiting"
    /// The number of requests in flight.
    package static let requestsInFlight = "fetchkit.requests.inflight"
    /// The number of calls that were given up and haven't returned.
    package static let unreturnedCalls = "fetchkit.calls.unreturned"
    /// The number of pauses after a 429.
    package static let throttles = "fetchkit.throttles"
    /// The length of a pause after a 429.
    package static let throttlePause = "fetchkit.throttle.pause"
    /// The number of events that the buffer had no room for.
    package static let dropped = "fetchkit.telemetry.dropped"

    /// The number of ends that a worker couldn't record.
    package static let lostLeases = "fetchkit.lease.lost"
    /// The number of times that a worker has begun again.
    package static let workerRestarts = "fetchkit.worker.restarts"
    /// The number of failed calls of a store.
    package static let storeFailures = "fetchkit.store.failures"
    /// The number of jobs in a store that haven't ended.
    package static let storedJobs = "fetchkit.jobs.stored"
    /// The number of workers that aren't dead.
    package static let workers = "fetchkit.workers"
    /// The number of parked jobs.
    package static let parkedJobs = "fetchkit.jobs.parked"
    /// The number of accounts that are paused.
    package static let pausedAccounts = "fetchkit.accounts.paused"
    /// The number of outcomes that aren't acknowledged.
    package static let undeliveredOutcomes = "fetchkit.outcomes.undelivered"
    /// The age of the job that has been in a store for the longest time, in seconds.
    package static let oldestWaiting = "fetchkit.oldest.waiting"

    /// The number of bytes of saved files.
    package static let downloadedBytes = "fetchkit.download.bytes"
    /// The number of outputs that couldn't be saved.
    package static let downloadFailures = "fetchkit.download.failures"
}
