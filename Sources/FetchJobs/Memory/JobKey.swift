import FetchCore

/// The key under which a store has at most one waiting job. Both parts are compared by their bytes.
struct JobKey: Sendable, Hashable {
    private let tenant: JobID?
    private let job: JobReference

    init(_ job: JobReference, tenant: String?) {
        self.tenant = tenant.map(JobID.init)
        self.job = job
    }

    init(_ job: DurableJob) { self.init(job.job, tenant: job.tenant) }
}
