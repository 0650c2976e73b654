/// A job of an account. Two accounts may have jobs with the same reference.
struct AccountJob: Sendable, Hashable {
    /// The account. `nil` for the client's own.
    let account: AccountID?
    let reference: JobReference
}
