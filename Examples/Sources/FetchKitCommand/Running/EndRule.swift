/// The rule by which the wait for several jobs ends.
enum EndRule: Sendable {
    /// When all jobs have ended.
    case allJobs
    /// With the first job that doesn't succeed.
    case firstFailure
    /// With the first job that succeeds.
    case firstSuccess

    /// Returns true if the wait ends with a job of this status.
    func ends(with status: ExitStatus) -> Bool {
        switch self {
        case .allJobs: false
        case .firstFailure: status != .succeeded
        case .firstSuccess: status == .succeeded
        }
    }
}
