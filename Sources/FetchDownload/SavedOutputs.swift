public import FetchCore

/// The outputs of a job that have been saved, and those that couldn't be.
public struct SavedOutputs: Sendable {
    /// An output that couldn't be saved.
    public struct Failure: Sendable {
        /// The position of the output among those of the job, from zero.
        public let index: Int
        /// The output.
        public let artifact: Artifact
        /// The reason.
        public let error: FetchError

        /// Creates a failure, for example for a preview or a test.
        ///
        /// - Parameters:
        ///   - index: The position of the output among those of the job, from zero.
        ///   - artifact: The output.
        ///   - error: The reason.
        public init(index: Int, artifact: Artifact, error: FetchError) {
            self.index = index
            self.artifact = artifact
            self.error = error
        }
    }

    /// The output of the job.
    public let output: any FetchOutput
    /// The files, in the order of the outputs.
    public let files: [SavedFile]
    /// The outputs that couldn't be saved, in their order. Empty if all of them are saved.
    public let failures: [Failure]

    /// Creates a result, for example for a preview or a test.
    ///
    /// - Parameters:
    ///   - output: The output of the job.
    ///   - files: The files, in the order of the outputs.
    ///   - failures: The outputs that couldn't be saved. Defaults to none.
    public init(output: any FetchOutput, files: [SavedFile], failures: [Failure] = []) {
        self.output = output
        self.files = files
        self.failures = failures
    }
}
