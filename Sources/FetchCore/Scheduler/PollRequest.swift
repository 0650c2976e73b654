import FetchDataStructures

/// A request about a job that has begun or is about to.
///
/// A reference, since it is passed on often and holds many references of its own.
final class PollRequest: Sendable {
    let job: SlotKey

    /// The number that tells it from the other requests about the job.
    let number: UInt32

    /// The scheduler's task that sends it; `nil` if the caller's own task does.
    let task: CancellableTask?

    let handle: EndpointHandle
    let id: String

    /// The time at which it begins.
    let time: Duration
    /// The maximum time of its first request.
    let timeout: Duration

    /// The time limit of its first request.
    var limit: TimeLimit { TimeLimit(timeout, from: time) }

    /// The poll that failed at a follow-up, at which this one goes on.
    let interruption: InterruptedPoll?

    /// The longest pause that the provider gets if it asks for one.
    let longestPause: Duration

    /// The plans of the job's subscriptions when it begins.
    let plans: PlanUpdates

    /// The last progress that the provider has reported of any job. An equal one shares its memory.
    let lastResult: LastResult

    /// The durations that have been learned of the endpoint's jobs when it begins.
    let durations: JobDurations?

    /// The number of the request in the wait that has made the most requests, starting with 1.
    var numberInWait: Int { plans.updates.reduce(0) { max($0, $1.plan.requestCount) } + 1 }

    init(
        job: SlotKey,
        number: UInt32,
        task: CancellableTask?,
        handle: EndpointHandle,
        id: String,
        time: Duration,
        timeout: Duration,
        interruption: InterruptedPoll? = nil,
        longestPause: Duration,
        plans: PlanUpdates,
        lastResult: LastResult,
        durations: JobDurations?
    ) {
        self.job = job
        self.number = number
        self.task = task
        self.handle = handle
        self.id = id
        self.time = time
        self.timeout = timeout
        self.interruption = interruption
        self.longestPause = longestPause
        self.plans = plans
        self.lastResult = lastResult
        self.durations = durations
    }
}
