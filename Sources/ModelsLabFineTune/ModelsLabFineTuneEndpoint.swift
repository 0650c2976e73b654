public import FetchCore
import ModelsLab

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The endpoint for model training: `POST https://modelslab.com/api/v3/fine_tune_status/{id}` with the body
/// `{"key": "…"}`.
///
/// The field `status` of the response is always `success`. The training's own status is in `messege`: `deploying_gpu`
/// and six others while it runs, then `model_ready`. The documentation declares no status for a failed training.
/// Published client code uses `training_failed`, so every status that ends in `failed` counts as a failure. Any other
/// unknown status counts as pending.
///
/// [Documentation](https://docs.modelslab.com/image-generation/train-model/finetune-status)
public struct ModelsLabFineTuneEndpoint: FetchEndpoint, Hashable {
    /// The name in the registry, `modelslab.finetune`.
    public let name: EndpointName = "modelslab.finetune"

    /// The provider `modelslab`, whose API key is in the environment variable `MODELSLAB_API_KEY`.
    public let provider: ProviderID = .modelsLab

    /// The base URL of ModelsLab's API v3.
    public let baseURL: URL = ModelsLabAPI.v3.baseURL

    /// The HTTP method of the polling request.
    public let method = RequestMethod.post

    /// The path below `https://modelslab.com/api/v3`.
    public let path: PathTemplate = "fine_tune_status/{id}"

    /// The location of the API key: the field `key` of the JSON body.
    public let authorization = Authorization.jsonBody("key")

    /// The place of the id in the response to a submission, `training_id`. Its other fields are those of a poll.
    public let submission = SubmissionForm(id: "training_id", hasState: true)

    /// Twelve hours: a training takes from minutes to some hours, apart from the time in the queue.
    public let deadline: Duration? = .seconds(12 * 3_600)

    /// Five minutes, which is little beside the time that a training takes.
    public let maximumGap: Duration? = .seconds(300)

    /// Creates the endpoint. It has no configuration.
    public init() {}

    /// Reads the training's status from the envelope.
    public func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<TrainedModel> {
        let reply = try ModelsLabReply(response)
        let log = reply.fields["data"]?.string
        return try reply.answer(ofSuccess: { () throws(FetchError) in
            guard let status = reply.message?.lowercased() else {
                throw response.malformedResponseError("the response has no training status")
            }
            if status == "model_ready" { return .succeeded(TrainedModel(id: id, log: log)) }
            if status.hasSuffix("failed") { return .failed(JobFailure(message: log ?? status)) }
            return .pending(JobProgress(message: status, details: log.map { ["data": .string($0)] } ?? [:]))
        })
    }
}

extension FetchPlugin where Self == ModelsLabFineTuneEndpoint {
    /// The endpoint for ModelsLab's model training, which yields a ``TrainedModel``.
    public static var modelsLabFineTune: Self { Self() }
}
