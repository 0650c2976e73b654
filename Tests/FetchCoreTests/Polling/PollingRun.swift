import FetchCore

/// The updates and the error that a caller receives from one run of polling.
struct PollingRun: Sendable {
    var updates: [FetchUpdate<String>] = []
    var error: (any Error)?
    /// The time of the virtual clock at which polling ended.
    var end: Duration = .zero

    var fetchError: FetchError? { error as? FetchError }

    /// The output of the job; nil if polling ended without one.
    var output: String? {
        if case .succeeded(let output)? = updates.last?.state { output } else { nil }
    }
}
