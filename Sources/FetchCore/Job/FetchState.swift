/// The state of a job after a poll.
public enum FetchState<Output: Sendable>: Sendable {
    /// The job isn't done.
    case pending(JobProgress)
    /// The job is done, with this output. Terminal.
    case succeeded(Output)
    /// The job ended without an output. Terminal.
    case failed(JobFailure)

    /// True if the job has ended. A terminal state never changes.
    public var isTerminal: Bool {
        if case .pending = self { false } else { true }
    }

    /// Returns the state with its output transformed.
    ///
    /// - Parameter transform: Converts the output of a succeeded job. It isn't called for other states.
    /// - Returns: The state with the new output.
    /// - Throws: The error of `transform`.
    public func map<Other: Sendable>(_ transform: (Output) throws -> Other) rethrows -> FetchState<Other> {
        switch self {
        case .pending(let progress): .pending(progress)
        case .succeeded(let output): .succeeded(try transform(output))
        case .failed(let failure): .failed(failure)
        }
    }
}

extension FetchState: Equatable where Output: Equatable {}
extension FetchState: Hashable where Output: Hashable {}
