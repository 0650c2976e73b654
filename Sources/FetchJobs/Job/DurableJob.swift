public import FetchCore

/// A job for a store: everything that a worker needs to poll it, and that its reader needs to recognise the outcome.
///
/// ```swift
/// let job = try DurableJob("modelslab.video:42", submitted: submission, tenant: "t-7", note: ["row": 9])
/// ```
///
/// It contains no key.
public struct DurableJob: Sendable, Hashable, Codable {
    /// The greatest length of a reference, in bytes of UTF-8.
    public static let maximumReferenceLength = 1_024

    /// The greatest length of a note, in bytes of JSON.
    public static let maximumNoteLength = 2_048

    /// The greatest number of levels to which a note is nested, as in the responses of providers.
    public static let maximumNoteDepth = 64

    /// The greatest length of the identifiers of a tenant and of an account, in bytes of UTF-8.
    public static let maximumTenantLength = 256

    /// The job to poll.
    public var job: JobReference

    /// The date of the submission and the ETA given then. `nil` if unknown.
    public var submitted: Submission?

    /// The tenant that the job belongs to. `nil` if the application has no tenants.
    ///
    /// A store has at most one job for each tenant and reference, and leases the jobs of tenants in turn. The tenant
    /// doesn't determine the key: that is ``account``.
    public var tenant: String?

    /// The account with whose key the job is polled, as in `QueuedJob.account`. `nil` for that of the client.
    ///
    /// If each tenant has keys of its own, pass the same identifier as ``tenant`` and as account. The client of a worker
    /// finds the key with `Credentials.accounts`; without one, the account is paused and the job isn't polled.
    public var account: AccountID?

    /// The deadline of the job. Defaults to 24 hours after it was added.
    ///
    /// It counts by the clock of the store. If it counts from the submission, the date of ``submitted`` should be
    /// right.
    public var deadline: JobDeadline

    /// A value of the application's that comes back with the outcome, such as the number of a row. It isn't sent.
    public var note: JSONValue?

    /// Creates a job.
    ///
    /// - Parameters:
    ///   - job: The job to poll.
    ///   - submitted: The date of the submission and the ETA given then. Defaults to unknown.
    ///   - tenant: The tenant that the job belongs to. Defaults to none.
    ///   - account: The account with whose key the job is polled. Defaults to that of the client.
    ///   - deadline: The deadline of the job. Defaults to 24 hours after it was added.
    ///   - note: A value that comes back with the outcome, at most 2 KiB of JSON. Defaults to none.
    public init(
        _ job: JobReference,
        submitted: Submission? = nil,
        tenant: String? = nil,
        account: AccountID? = nil,
        deadline: JobDeadline = .afterAdding(.seconds(86_400)),
        note: JSONValue? = nil
    ) {
        self.job = job
        self.submitted = submitted
        self.tenant = tenant
        self.account = account
        self.deadline = deadline
        self.note = note
    }

    /// Creates a job from the string of its reference.
    ///
    /// - Parameters:
    ///   - reference: A reference such as `example.video:42`.
    ///   - submitted: The date of the submission and the ETA given then. Defaults to unknown.
    ///   - tenant: The tenant that the job belongs to. Defaults to none.
    ///   - account: The account with whose key the job is polled. Defaults to that of the client.
    ///   - deadline: The deadline of the job. Defaults to 24 hours after it was added.
    ///   - note: A value that comes back with the outcome, at most 2 KiB of JSON. Defaults to none.
    /// - Throws: `FetchError` with the code `malformedReference`, `malformedName` or `invalidID` if the string isn't a
    ///   reference.
    public init(
        _ reference: String,
        submitted: Submission? = nil,
        tenant: String? = nil,
        account: AccountID? = nil,
        deadline: JobDeadline = .afterAdding(.seconds(86_400)),
        note: JSONValue? = nil
    ) throws(FetchError) {
        self.init(
            try JobReference(reference),
            submitted: submitted,
            tenant: tenant,
            account: account,
            deadline: deadline,
            note: note
        )
    }
}
