public import FetchCore

/// A model that ModelsLab has trained and that can be used now.
public struct TrainedModel: FetchOutput, Hashable {
    /// What the model is called in requests: its training's id.
    public var id: String

    /// What ModelsLab says of the training, step by step.
    public var log: String?

    /// Creates a model.
    public init(id: String, log: String? = nil) {
        self.id = id
        self.log = log
    }

    /// The model's id as a text: there is nothing to download.
    public var outputArtifacts: [Artifact] { [Artifact(.text(id))] }
}
