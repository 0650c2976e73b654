/// The interval in which a job completed, for ``JobDurations`` to learn from.
///
/// A client knows only that a job completed between two responses. Ages count from the job's submission, or from the
/// start of polling if the submission is unknown.
public struct CompletedJob: Sendable, Hashable {
    /// The age at the last response with a pending state. `nil` if there was none.
    public var lastPending: Duration?

    /// The age at the response with the terminal state.
    public var firstDone: Duration

    /// The age at which the job would be done according to the first ETA. `nil` if there was no ETA.
    public var expectedAge: Duration?

    /// Creates a job that completed between two responses.
    ///
    /// - Parameters:
    ///   - lastPending: The age at the last response with a pending state, or `nil` if there was none.
    ///   - firstDone: The age at the response with the terminal state.
    ///   - expectedAge: The age at which the job would be done according to the first ETA. Defaults to none.
    public init(pendingAt lastPending: Duration?, doneAt firstDone: Duration, expectedAge: Duration? = nil) {
        self.lastPending = lastPending
        self.firstDone = firstDone
        self.expectedAge = expectedAge
    }

    /// Creates a job whose duration is known, since the response states the run time or the end.
    ///
    /// - Parameters:
    ///   - duration: The age at which the job completed.
    ///   - expectedAge: The age at which the job would be done according to the first ETA. Defaults to none.
    public init(took duration: Duration, expectedAge: Duration? = nil) {
        self.init(pendingAt: duration, doneAt: duration, expectedAge: expectedAge)
    }

    /// Returns the job with the run time that its response states, if the run time is consistent with the interval.
    ///
    /// A run time within the interval means that the job ran from its submission on, so it is the job's duration. A
    /// shorter run time means that the job was queued first. A longer one was measured by another clock. In both cases
    /// the interval is kept.
    func with(duration: Duration?) -> Self {
        guard let duration, (lastPending ?? .zero)...max(firstDone, lastPending ?? .zero) ~= duration else {
            return self
        }
        return Self(took: duration, expectedAge: expectedAge)
    }

    /// The ages in seconds between which the job completed. They differ by at least the width of a histogram cell.
    var bounds: ClosedRange<Double> {
        let width = 1 + 1 / Double(LogarithmicTable.Grid.resolution)
        let done = max(firstDone.clamped(to: .zero ... .hundredYears).seconds, 0.001)
        // If the clock was set back between the responses, the age at the later one counts.
        let pending = min(max((lastPending ?? .zero).clamped(to: .zero ... .hundredYears).seconds, 0.0001), done)
        guard done < pending * width else { return pending...done }
        let middle = (pending * done).squareRoot()
        return middle / width.squareRoot()...middle * width.squareRoot()
    }
}
