/// When a job was done, as far as a client can know.
///
/// Ages are counted from the job's submission, or from when it was first asked about.
public struct CompletedJob: Sendable, Hashable {
    /// The age at the last answer that said "pending", if there was one.
    public var lastPending: Duration?

    /// The age at the first answer that said that the job had ended.
    public var firstDone: Duration

    /// The age at which the provider expected the job to be done when it first said so, if it did.
    public var expectedAge: Duration?

    /// The job ended somewhere between two answers.
    public init(pendingAt lastPending: Duration?, doneAt firstDone: Duration, expectedAge: Duration? = nil) {
        self.lastPending = lastPending
        self.firstDone = firstDone
        self.expectedAge = expectedAge
    }

    /// The job took a time that is known exactly, since the answer says how long it ran or when it ended.
    public init(took duration: Duration, expectedAge: Duration? = nil) {
        self.init(pendingAt: duration, doneAt: duration, expectedAge: expectedAge)
    }

    /// Returns the job with the duration that its response states.
    ///
    /// Where that lies between the two requests, the job ran from the start, and ended then. A job that ran for less has stood
    /// in line before; one that ran for longer than it exists is the word of another clock. Neither tells when it ended.
    func with(duration: Duration?) -> Self {
        guard let duration, (lastPending ?? .zero)...max(firstDone, lastPending ?? .zero) ~= duration else {
            return self
        }
        return Self(took: duration, expectedAge: expectedAge)
    }

    /// The ages in seconds between which the job ended: a cell apart at least.
    var bounds: ClosedRange<Double> {
        let width = 1 + 1 / Double(LogarithmicTable.Grid.resolution)
        let done = max(firstDone.clamped(to: .zero ... .longest).seconds, 0.001)
        // A clock that went backwards leaves the later answer's word.
        let pending = min(max((lastPending ?? .zero).clamped(to: .zero ... .longest).seconds, 0.0001), done)
        guard done < pending * width else { return pending...done }
        let middle = (pending * done).squareRoot()
        return middle / width.squareRoot()...middle * width.squareRoot()
    }
}
