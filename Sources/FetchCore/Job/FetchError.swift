#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Why a fetch gave no state, or a wait no result.
///
/// Every error that a client or a registry throws is one of these, apart from `CancellationError`, which is thrown when the caller's
/// task was cancelled and for no other reason. An error names the endpoint and the job, says what happened, whether
/// asking again can help and what to do, and never holds a key: it can be printed, logged and shown.
///
/// ```swift
/// do {
///     show(try await client.result(.transcript, id: "a1b2"))
/// } catch let error as FetchError where error.code == .jobFailed {
///     offerAnotherTry(error.failure)
/// }
/// ```
public struct FetchError: Error, Sendable {
    /// What kind of thing happened.
    public var code: Code

    /// What happened, in one sentence.
    public var message: String

    /// What can be done about it, if anything is known.
    public var remedy: String?

    /// Whether the same question, asked again later, may be answered.
    public var isRetryable: Bool

    /// How long the server asked to wait before the next request.
    public var retryAfter: Duration?

    /// The endpoint that was asked.
    public var endpoint: EndpointName?

    /// The id of the job that was asked about.
    public var id: String?

    /// The HTTP status of the answer, if there was an answer.
    public var httpStatus: Int?

    /// Why the job failed, where ``code`` is ``Code/jobFailed``.
    public var failure: JobFailure?

    /// The last thing heard of the job before the wait ended. Where ``code`` is ``Code/deadlineExceeded``, nil means
    /// that the job's state was never established.
    public var lastProgress: JobProgress?

    /// The error of the last request before the wait ended, if that request failed.
    public var lastError: FetchError? {
        get { boxedLastError as? FetchError }
        set { boxedLastError = newValue }
    }

    // A struct can't hold itself.
    private var boxedLastError: (any Error)?

    /// Creates an error. The client adds endpoint, id and HTTP status to those that an endpoint's decoder throws.
    ///
    /// - Parameters:
    ///   - code: What kind of thing happened.
    ///   - message: What happened, in one sentence without a full stop.
    ///   - remedy: What can be done about it, as a sentence.
    ///   - isRetryable: Whether asking again may help; nil for what is usual for the code.
    ///   - retryAfter: How long the server asked to wait.
    public init(
        _ code: Code,
        _ message: String,
        remedy: String? = nil,
        isRetryable: Bool? = nil,
        retryAfter: Duration? = nil
    ) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.isRetryable = isRetryable ?? code.isUsuallyRetryable
        self.retryAfter = retryAfter
    }
}

extension FetchError: CustomStringConvertible {
    /// The job, what happened, whether asking again can help, and what to do, on one line.
    public var description: String {
        var text = subject.map { "\($0): " } ?? ""
        text += "\(message) (\(code)\(httpStatus.map { ", HTTP \($0)" } ?? "")). "
        text += isRetryable ? "Asking again may help." : "Asking again will not help."
        if let remedy { text += " \(remedy)" }
        if let lastProgress { text += " Last heard: \(lastProgress)." }
        if let lastError { text += " Last error: \(lastError.message) (\(lastError.code))." }
        return text
    }

    private var subject: String? {
        switch (endpoint, id) {
        case (let endpoint?, let id?): "\(endpoint.text.onOneLine(longest: 128)):\(id.onOneLine(longest: 80))"
        case (let endpoint?, nil): endpoint.text.onOneLine(longest: 128)
        default: nil
        }
    }
}

extension FetchError: LocalizedError {
    /// The same text as ``description``.
    public var errorDescription: String? { description }
}
