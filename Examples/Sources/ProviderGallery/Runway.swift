package import FetchCore
package import Foundation

/// The endpoint of Runway's tasks. A task may be polled every five seconds. A task that exceeds the account's limit has
/// the status `THROTTLED` and is still pending. Links expire after 24 to 48 hours, and each response contains new ones.
///
/// [Documentation](https://docs.dev.runwayml.com/api/#tag/Task-management/paths/~1v1~1tasks~1%7Bid%7D/get)
package struct RunwayTask: FetchEndpoint, Hashable {
    package let name: EndpointName = "runway.task"
    package let provider: ProviderID = "runway"
    package let baseURL = URL(string: "https://api.dev.runwayml.com/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "tasks/{id}"
    package let authorization = Authorization.bearer
    package let headers: HeaderFields = ["X-Runway-Version": "2024-11-06"]
    package let minimumGap: Duration = .seconds(5)
    package let submission = SubmissionForm(id: "id")
    package let artifactLifetime: Duration? = .seconds(24 * 3_600)

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let body: Body = try response.json()
        return switch body.status {
        case "SUCCEEDED": .succeeded((body.output ?? []).map { Artifact(link: $0, in: response) })
        case "FAILED": .failed(body.jobFailure)
        case "CANCELLED": .failed(JobFailure(.cancelled))
        default: .pending(JobProgress(fraction: body.progress?.number, message: body.status))
        }
    }

    private struct Body: Decodable {
        var status: String
        var progress: JSONValue?
        var output: [String]?
        var failure: JSONValue?
        var failureCode: JSONValue?

        /// The failure of the job. Moderation codes contain `SAFETY` as a component: `SAFETY.INPUT.TEXT`,
        /// `INPUT_PREPROCESSING.SAFETY.TEXT`.
        var jobFailure: JobFailure {
            let code = failureCode?.string
            let isModerated = code?.split(separator: ".").contains("SAFETY") == true
            return JobFailure(isModerated ? .moderated : .failed, message: failure?.string, code: code)
        }
    }
}

extension FetchPlugin where Self == RunwayTask {
    package static var runwayTask: Self { Self() }
}
