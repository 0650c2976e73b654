public import FetchCore
import ModelsLab

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Runs of workflows: `GET https://modelslab.com/api/v1/workflows/{workflow}/runs/{run}`, the key in the header `key`.
///
/// The answer's `status` is `success` whatever became of the run, whose own state is in `execution.status`.
///
/// A workflow allows so many requests in a minute, ten unless its owner says otherwise. It isn't documented whether that
/// counts these; an answer that there were too many is heeded.
///
/// [Documentation](https://docs.modelslab.com/workflows-api/get-execution-status)
public struct ModelsLabWorkflowEndpoint: FetchEndpoint, Hashable {
    /// `modelslab.workflow`
    public let name: EndpointName = "modelslab.workflow"

    /// `modelslab`, whose key is in `MODELSLAB_API_KEY`.
    public let provider: ProviderID = .modelsLab

    /// `https://modelslab.com/api/v1`
    public let baseURL: URL = ModelsLabAPI.v1.baseURL

    /// `GET`
    public let method = RequestMethod.get

    /// `{workflow}/{run}`
    public let idForm: IDForm = "{workflow}/{run}"

    /// `workflows/{workflow}/runs/{run}`
    public let path: PathTemplate = "workflows/{workflow}/runs/{run}"

    /// The header `key`.
    public let authorization = Authorization.header("key")

    /// Creates the endpoint.
    public init() {}

    /// What became of the run, inside the envelope.
    public func answer(to id: WorkflowRun, from response: FetchResponse) throws -> FetchAnswer<WorkflowOutput> {
        let reply = try ModelsLabReply(response)
        return try reply.answer(ofSuccess: { () throws(FetchError) in
            guard let execution = reply.fields["execution"], execution.object != nil else {
                throw response.malformedResponseError("the answer tells of no execution")
            }
            let error = reply.fields["error"]?.string
            return switch execution["status"]?.string?.lowercased() {
            case "completed": .succeeded(WorkflowOutput(fields: reply.fields))
            case "failed": .failed(JobFailure(message: error))
            case "cancelled": .failed(JobFailure(.cancelled, message: error))
            default: .pending(JobProgress(message: WorkflowStep.running(in: reply.fields), details: reply.fields))
            }
        })
    }
}

extension FetchPlugin where Self == ModelsLabWorkflowEndpoint {
    /// Runs of ModelsLab's workflows.
    public static var modelsLabWorkflow: Self { Self() }
}
