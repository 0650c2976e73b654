public import FetchCore
import ModelsLab

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Trainings of models: `POST https://modelslab.com/api/v3/fine_tune_status/{id}` with the body `{"key": "…"}`.
///
/// The answer's `status` is `success` from the beginning. How far the training is says its `messege`: `deploying_gpu` and
/// six words more, then `model_ready`. The documents have no word for a training that failed; `training_failed` is what code
/// that others have published says, so a word that ends so is read as one. Words that nobody knows are pending.
///
/// [Documentation](https://docs.modelslab.com/image-generation/train-model/finetune-status)
public struct ModelsLabFineTuneEndpoint: FetchEndpoint, Hashable {
    /// `modelslab.finetune`
    public let name: EndpointName = "modelslab.finetune"

    /// `modelslab`, whose key is in `MODELSLAB_API_KEY`.
    public let provider: ProviderID = .modelsLab

    /// `https://modelslab.com/api/v3`
    public let baseURL: URL = ModelsLabAPI.v3.baseURL

    /// `fine_tune_status/{id}`
    public let path: PathTemplate = "fine_tune_status/{id}"

    /// The field `key` of the JSON body.
    public let authorization = Authorization.jsonBody("key")

    /// Creates the endpoint.
    public init() {}

    /// How far the training is, inside the envelope.
    public func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<TrainedModel> {
        let reply = try ModelsLabReply(response)
        let log = reply.fields["data"]?.string
        return try reply.answer(ofSuccess: { () throws(FetchError) in
            guard let word = reply.message?.lowercased() else {
                throw response.malformedResponseError("the answer doesn't say how far the training is")
            }
            if word == "model_ready" { return .succeeded(TrainedModel(id: id, log: log)) }
            if word.hasSuffix("failed") { return .failed(JobFailure(message: log ?? word)) }
            return .pending(JobProgress(message: word, details: log.map { ["data": .string($0)] } ?? [:]))
        })
    }
}

extension FetchPlugin where Self == ModelsLabFineTuneEndpoint {
    /// ModelsLab's trainings.
    public static var modelsLabFineTune: Self { Self() }
}
