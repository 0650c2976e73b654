/// A wait for a job that one process has begun and another one goes on with. Times count from now.
struct InterruptedWait: Sendable {
    /// The age of the job. `nil` if its submission isn't known.
    var age: Duration?

    /// The age at which the job would be done according to the first ETA.
    var eta: Duration?

    /// The time until the job would be done according to the last ETA. Negative if it is late.
    var remainingETA: Duration?

    /// The last ETA as the provider gave it.
    var lastETA: Duration?

    /// The time from the beginning of the wait to its deadline.
    var limit: Duration

    /// The time until the deadline. Negative if it has passed.
    var untilDeadline: Duration

    /// The time until the next request, at least zero.
    var untilRequest: Duration

    /// The time since the last request began. `nil` if there was none.
    var sinceRequest: Duration?

    /// The time since the last response with the job's state. `nil` if there was none.
    var sincePending: Duration?

    /// The number of requests.
    var requests: Int
}
