public import FetchCore

/// A model whose training has succeeded and which can be used in requests.
public struct TrainedModel: FetchOutput, Hashable {
    /// The id of the model in requests, which is also the id of its training.
    public var id: String

    /// ModelsLab's log of the training, one line for each step, or `nil` if the response has none.
    public var log: String?

    /// Creates a trained model, for example as the expected value in a test.
    public init(id: String, log: String? = nil) {
        self.id = id
        self.log = log
    }

    /// One text artifact with the model's id. There is no file to download.
    public var outputArtifacts: [Artifact] { [Artifact(.text(id))] }
}
