/// The outcome of a transfer, and the task that waits for it. The first outcome counts.
///
/// `Promise` does the same, but the compiler doesn't specialise its generic code for another module.
enum TransferOutcome: Sendable {
    /// The transfer isn't finished. The task is `nil` until it waits.
    case pending(CheckedContinuation<CurlResponse, any Error>?)
    /// The transfer has failed before the task waited.
    case failed(any Error)
    /// The task has been resumed, or will be.
    case delivered
}

extension TransferOutcome {
    var isFinished: Bool {
        if case .pending = self { false } else { true }
    }

    /// Has a task wait for the outcome.
    ///
    /// - Returns: The error to throw if the transfer has already failed.
    mutating func wait(_ task: CheckedContinuation<CurlResponse, any Error>) -> (any Error)? {
        guard case .failed(let error) = self else {
            self = .pending(task)
            return nil
        }
        self = .delivered
        return error
    }

    /// Finishes the transfer successfully.
    ///
    /// - Returns: The task to resume; `nil` if the transfer is already finished.
    mutating func succeed() -> CheckedContinuation<CurlResponse, any Error>? {
        guard case .pending(let task?) = self else { return nil }
        self = .delivered
        return task
    }

    /// Finishes the transfer with an error.
    ///
    /// - Returns: If this is the first outcome, and the task to resume; `nil` if none waits.
    mutating func fail(
        _ error: any Error
    ) -> (isFirst: Bool, task: CheckedContinuation<CurlResponse, any Error>?) {
        guard case .pending(let task) = self else { return (false, nil) }
        self = task == nil ? .failed(error) : .delivered
        return (true, task)
    }
}
