import FetchCore

/// The key under which a client polls a job. Two stored jobs of different tenants may share it.
struct PolledKey: Sendable, Hashable {
    let job: JobReference
    let account: AccountID?

    init(_ job: JobReference, _ account: AccountID?) {
        self.job = job
        self.account = account
    }

    init(_ job: DurableJob) { self.init(job.job, job.account) }

    var endpoint: PolledEndpoint { PolledEndpoint(name: job.endpoint, account: account) }
}
