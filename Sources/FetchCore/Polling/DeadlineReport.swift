/// The facts about a wait that has reached its deadline, for the error that ends it.
struct DeadlineReport {
    let timeLimit: Duration
    /// True if the wait was for the result of one request.
    let isSingleRequest: Bool
    /// The number of requests that have ended.
    let requests: Int
    /// The number of errors in a row that are like the last one.
    let alikeErrors: Int
    /// True if the job is known to be done, so that only its output is missing.
    let isJobDone: Bool
    let lastResult: LastResult
    /// The reason why the last request wasn't sent. `nil` if none is due, or if it is in flight.
    let delay: QueueDelay?

    var error: FetchError {
        var error = isSingleRequest ? singleRequestError : isJobDone ? outputError : waitError
        error.hasJobEnded = isJobDone
        error.retryAfter = delay?.retryAfter
        error.lastError = lastResult.error
        return error.after(lastResult.progress)
    }

    private var limit: String { "\(timeLimit.inSeconds) s" }

    private var singleRequestError: FetchError {
        guard let delay else { return FetchError(.requestTimeout, "there was no response within \(limit)") }
        return FetchError(
            .requestTimeout,
            "the request was never sent within \(limit), since \(delay.reason)",
            remedy: delay.remedy
        )
    }

    private var outputError: FetchError {
        FetchError(
            .deadlineExceeded,
            "the job is done, but its output couldn't be fetched within \(limit)" + serverErrors + lastDelay,
            remedy: lastResult.error?.remedy ?? "Wait again, or longer; the output is fetched then."
        )
    }

    private var waitError: FetchError {
        if lastResult.progress != nil {
            return FetchError(
                .deadlineExceeded,
                "the job wasn't ready within \(limit); it was still pending" + serverErrors + lastDelay,
                remedy: "Wait again later; the job keeps running."
            )
        }
        if let delay, requests == 0 {
            return FetchError(
                .deadlineExceeded,
                "no request about the job was sent within \(limit), since \(delay.reason)",
                remedy: delay.remedy
            )
        }
        if lastResult.error?.httpStatus != nil {
            return FetchError(
                .deadlineExceeded,
                "no response within \(limit) contained the job's state" + serverErrors + lastDelay,
                remedy: lastResult.error?.remedy ?? "Wait again later."
            )
        }
        return FetchError(
            .deadlineExceeded,
            "no response about the job came within \(limit); its state was never established" + lastDelay,
            remedy: lastResult.error?.remedy ?? "Check that the server can be reached, or wait longer."
        )
    }

    /// The status of the last responses, and how many there were.
    private var serverErrors: String {
        guard let status = lastResult.error?.httpStatus else { return "" }
        let responses = alikeErrors > 1 ? "\(alikeErrors) requests" : "request"
        return "; the server responded to the last \(responses) with HTTP \(status)"
    }

    private var lastDelay: String { delay.map { "; the next request wasn't sent, since \($0.reason)" } ?? "" }
}

extension FetchError {
    /// Returns the error with the last progress of the job.
    func after(_ progress: JobProgress?) -> Self {
        var error = self
        error.lastProgress = error.lastProgress ?? progress
        return error
    }
}
