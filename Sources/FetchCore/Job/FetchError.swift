/// An error of a client, a registry or an endpoint.
///
/// A client throws this error and no other, except for `CancellationError`, which it throws only if the caller's task
/// was cancelled. The description states the endpoint and job, the problem, whether retrying can help, and the remedy,
/// on one line for a log. ``errorDescription`` and ``recoverySuggestion`` are sentences for people. None of them
/// contains a key.
///
/// ```swift
/// do {
///     show(try await client.result(.transcript, id: "a1b2"))
/// } catch let error as FetchError where error.code == .jobFailed {
///     offerAnotherTry(error.failure)
/// }
/// ```
public struct FetchError: Error, Sendable, Equatable {
    /// The kind of the error.
    public var code: Code {
        get { content.code }
        set { content.code = newValue }
    }

    /// The problem, as a sentence without a capital letter and a full stop.
    public var message: String {
        get { content.message }
        set { content.message = newValue }
    }

    /// The action that resolves the problem, as a complete sentence. `nil` if none is known.
    public var remedy: String? {
        get { content.remedy }
        set { content.remedy = newValue }
    }

    /// True if the same request may succeed later. Polling continues after such an error, within the limits of
    /// ``PollingPolicy``.
    public var isRetryable: Bool {
        get { content.isRetryable }
        set { content.isRetryable = newValue }
    }

    /// True if the job is known to have ended, so that the error is about its output. False if the job may still run.
    ///
    /// ```swift
    /// if !error.hasJobEnded { print("The job may still run:", error) }
    /// ```
    ///
    /// Defaults to the usual value for the code: true for ``Code/jobFailed``, ``Code/unusableOutput``,
    /// ``Code/outputExpired``, ``Code/incompleteOutput`` and ``Code/unexpectedOutput``. The client sets it for every
    /// error of a follow-up, and for those that end polling after one: the request before has found the job done.
    public var hasJobEnded: Bool {
        get { content.hasJobEnded }
        set { content.hasJobEnded = newValue }
    }

    /// The delay before the next request that the server asked for, in a header or in the body. `nil` if it asked for
    /// none.
    public var retryAfter: Duration? {
        get { content.retryAfter }
        set { content.retryAfter = newValue }
    }

    /// The name of the endpoint, which may be malformed or unregistered if that is the error. Set by the client.
    public var endpoint: EndpointName? {
        get { content.endpoint }
        set { content.endpoint = newValue }
    }

    /// The id that was polled, which may be invalid if that is the error. Set by the client.
    public var id: String? {
        get { content.id?.text }
        set { content.id = newValue.map(JobID.init) }
    }

    /// The account of the job. `nil` for the client's own, and before the client has set it.
    public var account: AccountID? {
        get { content.account }
        set { content.account = newValue }
    }

    /// The polled job. `nil` if ``endpoint`` or ``id`` is `nil` or invalid.
    public var job: JobReference? {
        guard let endpoint, let id else { return nil }
        return try? JobReference(endpoint: endpoint, id: id)
    }

    /// The HTTP status of the response. `nil` if there was no response.
    public var httpStatus: Int? {
        get { content.httpStatus }
        set { content.httpStatus = newValue }
    }

    /// The provider's description of the failure, if ``code`` is ``Code/jobFailed``.
    public var failure: JobFailure? {
        get { content.failure }
        set { content.failure = newValue }
    }

    /// The last progress that was received for the job before polling ended.
    ///
    /// If ``code`` is ``Code/deadlineExceeded``, `nil` means that no response has ever contained the job's state.
    public var lastProgress: JobProgress? {
        get { content.lastProgress }
        set { content.lastProgress = newValue }
    }

    /// The error of the last request before polling ended, if that request failed.
    public var lastError: FetchError? {
        get { content.lastError }
        set { content.lastError = newValue }
    }

    /// The response whose output can't be used, with at most 64 KiB of its body. Keys are redacted. `nil` if the error
    /// has another cause.
    package var unreadResponse: UnreadResponse? {
        get { content.unreadResponse.response }
        set { content.unreadResponse = AttachedResponse(response: newValue) }
    }

    private struct Content: Sendable, Equatable {
        var code: Code
        var message: String
        var remedy: String?
        var isRetryable: Bool
        var hasJobEnded: Bool
        var retryAfter: Duration?
        var endpoint: EndpointName?
        var id: JobID?
        var account: AccountID?
        var httpStatus: Int?
        var failure: JobFailure?
        var lastProgress: JobProgress?
        var lastError: FetchError?
        var unreadResponse = AttachedResponse(response: nil)
    }

    // Stored indirectly: inline, it would add 300 bytes to the result of each request.
    private indirect enum Storage: Sendable, Equatable {
        case content(Content)
    }

    private var storage: Storage

    private var content: Content {
        get {
            switch storage {
            case .content(let content): content
            }
        }
        set { storage = .content(newValue) }
    }

    /// Creates an error.
    ///
    /// An endpoint that throws an error needs to set neither ``endpoint``, ``id`` nor ``httpStatus``: the client does.
    ///
    /// - Parameters:
    ///   - code: The kind of the error.
    ///   - message: The problem, as a sentence without a capital letter and a full stop. It must not contain a key.
    ///   - remedy: The action that resolves the problem, as a complete sentence. Defaults to none.
    ///   - isRetryable: Pass true if the same request may succeed later. Defaults to `nil`, which is the usual value
    ///     for the code.
    ///   - retryAfter: The delay that the server asked for. Defaults to none.
    public init(
        _ code: Code,
        _ message: String,
        remedy: String? = nil,
        isRetryable: Bool? = nil,
        retryAfter: Duration? = nil
    ) {
        storage = .content(
            Content(
                code: code,
                message: message,
                remedy: remedy,
                isRetryable: isRetryable ?? code.isUsuallyRetryable,
                hasJobEnded: code.tellsEndOfJob,
                retryAfter: retryAfter
            )
        )
    }
}

extension FetchError: CustomStringConvertible {
    /// The job and its account, the problem, whether retrying can help, and the remedy, on one line.
    public var description: String {
        var text = subject.map { "\($0): " } ?? ""
        text += "\(message) (\(code)\(httpStatus.map { ", HTTP \($0)" } ?? "")). "
        text += isRetryable ? "Retrying may help." : "Retrying will not help."
        if hasJobEnded, !code.tellsEndOfJob { text += " The job itself is done." }
        if let remedy { text += " \(remedy)" }
        if let lastProgress { text += " Last progress: \(lastProgress)." }
        if let lastError { text += " Last error: \(lastError.message) (\(lastError.code))." }
        return text
    }

    private var subject: String? {
        guard let endpoint else { return nil }
        var subject = endpoint.rawValue.onOneLine(maxLength: 128)
        if let id { subject += ":\(id.onOneLine(maxLength: 80))" }
        return account.map { "\(subject) of account \($0.rawValue.onOneLine(maxLength: 80))" } ?? subject
    }
}
