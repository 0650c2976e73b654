public import FetchCore
import ModelsLab

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The endpoint for workflow runs: `GET https://modelslab.com/api/v1/workflows/{workflow}/runs/{run}` with the API key
/// in the header `key`.
///
/// The field `status` of the response is `success` even if the run failed. The run's own status is in
/// `execution.status`.
///
/// A workflow has a rate limit, which defaults to ten requests per minute. The documentation doesn't say whether
/// polling requests count. If they do, the server responds with 429, which the client handles as for any provider.
///
/// [Documentation](https://docs.modelslab.com/workflows-api/get-execution-status)
public struct ModelsLabWorkflowEndpoint: FetchEndpoint, Hashable {
    /// The name in the registry, `modelslab.workflow`.
    public let name: EndpointName = "modelslab.workflow"

    /// The provider `modelslab`, whose API key is in the environment variable `MODELSLAB_API_KEY`.
    public let provider: ProviderID = .modelsLab

    /// The base URL of ModelsLab's API v1.
    public let baseURL: URL = ModelsLabAPI.v1.baseURL

    /// The HTTP method of the polling request.
    public let method = RequestMethod.get

    /// The format of ids: the id of the workflow, a slash and the id of the run.
    public let idForm: IDForm = "{workflow}/{run}"

    /// The path below `https://modelslab.com/api/v1`.
    public let path: PathTemplate = "workflows/{workflow}/runs/{run}"

    /// The location of the API key: the header `key`.
    public let authorization = Authorization.header("key")

    /// The place of the polling URL in the response that starts a run, `status_url`.
    public let submission = SubmissionForm(url: "status_url")

    /// Creates the endpoint. It has no configuration.
    public init() {}

    /// Reads the run's status from the envelope.
    public func answer(to id: WorkflowRun, from response: FetchResponse) throws -> FetchAnswer<WorkflowOutput> {
        let reply = try ModelsLabReply(response)
        return try reply.answer(ofSuccess: { () throws(FetchError) in
            guard let execution = reply.fields["execution"], execution.object != nil else {
                throw response.malformedResponseError("the response has no execution object")
            }
            let error = reply.fields["error"]?.string
            return switch execution["status"]?.string?.lowercased() {
            case "completed": .succeeded(WorkflowOutput(fields: reply.fields))
            case "failed": .failed(JobFailure(message: error))
            case "cancelled": .failed(JobFailure(.cancelled, message: error))
            default:
                .pending(JobProgress(message: WorkflowStep.nameOfRunningStep(in: reply.fields), details: reply.fields))
            }
        })
    }
}

extension FetchPlugin where Self == ModelsLabWorkflowEndpoint {
    /// The endpoint for runs of ModelsLab's workflows, which yields a ``WorkflowOutput``.
    public static var modelsLabWorkflow: Self { Self() }
}
