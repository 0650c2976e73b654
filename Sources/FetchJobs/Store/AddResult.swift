/// The result of adding one job.
public enum AddResult: Sendable, Equatable {
    /// The job was added, and is waited for from now on.
    case added(StoredJobID)
    /// The tenant has added a job with this reference before, and it is waited for. It wasn't changed.
    case alreadyWaiting(StoredJobID)
    /// The tenant has added a job with this reference before, and it has ended with this outcome.
    case alreadyEnded(StoredOutcome)

    /// The number of the job that has the reference.
    public var id: StoredJobID {
        switch self {
        case .added(let id), .alreadyWaiting(let id): id
        case .alreadyEnded(let outcome): outcome.id
        }
    }
}

extension AddResult: CustomStringConvertible {
    /// The case with the number of the job, and of one that has ended the job and the kind of its end, on one line.
    public var description: String {
        switch self {
        case .added(let id): "added \(id)"
        case .alreadyWaiting(let id): "already waiting \(id)"
        case .alreadyEnded(let outcome): "already ended \(outcome.id): \(outcome)"
        }
    }
}
