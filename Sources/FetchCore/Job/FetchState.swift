/// What is known of a job after a fetch.
public enum FetchState<Output: Sendable>: Sendable {
    /// The job isn't ready.
    case pending(JobProgress)
    /// The job is done, and this is its output.
    case succeeded(Output)
    /// The job ended without an output.
    case failed(JobFailure)

    /// Whether the job has ended, so that asking again would change nothing.
    public var isTerminal: Bool {
        if case .pending = self { false } else { true }
    }

    /// The same state with another type of output.
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
