public import FetchCore

extension Generation: FetchOutput {
    /// The ``artifacts``.
    ///
    /// The media type is derived from the file extension and is `nil` for an unknown one. ModelsLab's responses contain
    /// no media types, and its storage often serves incorrect ones.
    public var outputArtifacts: [Artifact] { artifacts }

    /// The value of ``generationTime``, which excludes the time in ModelsLab's queue.
    public var outputDuration: Duration? { generationTime }

    /// Returns the generation with complete links and their expiry dates.
    public func outputCompleted(by links: LinkContext) -> Self {
        var generation = self
        generation.artifacts = artifacts.outputCompleted(by: links)
        return generation
    }
}
