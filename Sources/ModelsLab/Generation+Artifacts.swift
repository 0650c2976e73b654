public import FetchCore

extension Generation: FetchOutput {
    /// One artifact for each URL in ``outputs``, in the same order.
    ///
    /// The media type is derived from the file extension and is `nil` for an unknown one. ModelsLab's responses contain
    /// no media types, and its storage often serves incorrect ones.
    public var outputArtifacts: [Artifact] { outputs.outputArtifacts }

    /// The value of ``generationTime``, which excludes the time in ModelsLab's queue.
    public var outputDuration: Duration? { generationTime }
}
