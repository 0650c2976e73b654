/// The result of waiting for a job: what has become of the job, or why that isn't known.
public enum JobResult: Sendable {
    /// The job has succeeded, with this output.
    case succeeded(any FetchOutput)

    /// The job has ended without an output that can be had, and polling it again is of no use.
    ///
    /// The error has the code ``FetchError/Code/jobFailed``, and then the provider's reason in ``FetchError/failure``,
    /// or another code whose ``FetchError/hasJobEnded`` is true, and which is about the job or its output.
    indirect case failed(FetchError)

    /// Polling has ended without a result: the job may still run, or may have succeeded. Polling it again later, once
    /// the cause of the error is removed, finds out.
    ///
    /// If ``FetchError/hasJobEnded`` is true, the job is done, and only its output is missing, for example since the
    /// key was refused.
    indirect case unknown(FetchError)

    /// Creates a result from an error: ``failed(_:)`` if the job has ended for good, and ``unknown(_:)`` otherwise.
    public init(_ error: FetchError) {
        let isFinal = error.hasJobEnded && !error.isRetryable && !error.code.hasRemovableCause
        self = isFinal ? .failed(error) : .unknown(error)
    }

    /// Creates a result from an output or an error.
    init(_ result: Result<any FetchOutput, FetchError>) {
        switch result {
        case .success(let output): self = .succeeded(output)
        case .failure(let error): self.init(error)
        }
    }

    /// The output of a job that has succeeded. `nil` otherwise.
    public var output: (any FetchOutput)? {
        if case .succeeded(let output) = self { output } else { nil }
    }

    /// The error of a job that has failed, or of polling. `nil` if the job has succeeded.
    public var error: FetchError? {
        switch self {
        case .succeeded: nil
        case .failed(let error), .unknown(let error): error
        }
    }

    /// Returns the output.
    ///
    /// - Throws: The error if the job hasn't succeeded.
    public func get() throws(FetchError) -> any FetchOutput {
        switch self {
        case .succeeded(let output): return output
        case .failed(let error), .unknown(let error): throw error
        }
    }
}

extension JobResult: Equatable {
    /// Compares two results. Outputs are equal if their artifacts and their durations are, whatever their types.
    public static func == (one: Self, other: Self) -> Bool {
        switch (one, other) {
        case (.succeeded(let one), .succeeded(let other)):
            one.outputArtifacts == other.outputArtifacts && one.outputDuration == other.outputDuration
        case (.failed(let one), .failed(let other)), (.unknown(let one), .unknown(let other)): one == other
        default: false
        }
    }
}

extension JobResult: CustomStringConvertible {
    /// The word "succeeded" and the number of artifacts, or the error, on one line.
    public var description: String {
        switch self {
        case .succeeded(let output): "succeeded, \(StoredOutput(output))"
        case .failed(let error): "failed, \(error)"
        case .unknown(let error): "unknown, \(error)"
        }
    }
}
