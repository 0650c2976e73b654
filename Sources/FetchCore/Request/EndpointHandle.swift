/// An endpoint as the scheduler knows it, for one account: which queue its requests wait in, and how a job is polled.
final class EndpointHandle: Sendable {
    let name: EndpointName
    let provider: ProviderID
    let account: Account

    /// The number of the queue of the provider and account.
    let queue: Int

    /// Keeps the queue.
    private let lease: QueueLease

    /// The number of the record that is kept under the endpoint's name.
    let record: Int

    let timing: EndpointTiming

    /// All that the endpoint's requests have in common.
    let form: RequestForm

    /// Polls a job once: the function of the endpoint with its types. Throws only `CancellationError`.
    let poll: Poll

    /// A function that polls a job. Its parameters are those of
    /// ``RequestPipeline/poll(_:_:for:id:_:within:after:followUpLimit:keeping:)``.
    typealias Poll =
        @Sendable (
            _ id: String,
            _ limit: TimeLimit,
            _ interruption: InterruptedPoll?,
            _ followUpLimit: () -> TimeLimit
        ) async throws -> PollReport<any FetchOutput>

    init(
        form: RequestForm,
        account: Account,
        queue: Int,
        lease: QueueLease,
        record: Int,
        poll: @escaping Poll
    ) {
        name = form.endpoint.name
        provider = form.endpoint.provider
        timing = form.endpoint.timing
        self.form = form
        self.account = account
        self.queue = queue
        self.lease = lease
        self.record = record
        self.poll = poll
    }

    /// Returns the reference of a job with an id that has been validated.
    func job(_ id: String) -> JobReference { JobReference(registered: name, checked: id) }

    /// Returns the job of the handle's account with an id that has been validated.
    func accountJob(_ id: String) -> AccountJob { AccountJob(account: account.id, reference: job(id)) }
}
