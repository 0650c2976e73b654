public import FetchCore

extension Generation: FetchOutput {
    /// The links of ``outputs``, with the media types that their file names tell: ModelsLab gives none, and its storage
    /// often serves a wrong one.
    public var outputArtifacts: [Artifact] { outputs.outputArtifacts }

    /// ``generationTime``. Time in ModelsLab's queue isn't part of it.
    public var outputDuration: Duration? { generationTime }
}
