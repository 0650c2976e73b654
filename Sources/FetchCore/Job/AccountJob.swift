/// A job of an account. Two accounts may have jobs with the same reference.
struct AccountJob: Sendable, Hashable {
    /// The account. `nil` for the client's own.
    let account: AccountID?
    let reference: JobReference
}

extension FetchError {
    /// Returns the error with a job, unless one is already set.
    func about(_ job: AccountJob) -> Self {
        about(endpoint: job.reference.endpoint, id: job.reference.id, account: job.account)
    }
}
