package import FetchCore
package import Foundation

/// The endpoint of fal's queue. The result has a separate URL, and a failed job has the status `COMPLETED` until the
/// result is requested. An id consists of the app, which is the model's path without a variant, and the request:
/// `fal-ai/flux/764cabcf-…`.
///
/// [Documentation](https://fal.ai/docs/documentation/model-apis/inference/queue)
package struct FalQueue: FetchEndpoint, Hashable {
    package let name: EndpointName = "fal.queue"
    package let provider: ProviderID = "fal"
    package let baseURL = URL(string: "https://queue.fal.run")!
    package let method = RequestMethod.get
    package let idForm: IDForm = "{+app}/{request}"
    package let path: PathTemplate = "{+app}/requests/{request}/status"
    package let authorization = Authorization.header("Authorization", prefix: "Key ")
    package let submission = SubmissionForm(url: "status_url")

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<ModelOutput> {
        let body = try response.json(Body.self, memberNames: .snakeCase)
        guard let status = body.status else { throw response.malformedResponseError("the response has no status") }
        guard status == "COMPLETED" else { return .pending(body.progress) }
        guard body.errorType == nil else { return .failed(body.failure) }
        return .followUp(FollowUp("{+app}/requests/{request}", answer: Self.result))
    }

    /// Returns the state that the result describes. Errors of the request, such as 401 or 429, are left to `json()`.
    @Sendable private static func result(_ response: FetchResponse) throws -> FetchAnswer<ModelOutput> {
        let problem: Body? =
            response.status < 400 ? nil : try? response.json(memberNames: .snakeCase, requiringSuccess: false)
        if problem?.message == "Request is still in progress" { return .pending }
        if let problem, problem.isJobFailure(response.status) { return .failed(problem.failure) }
        return .succeeded(ModelOutput(value: try response.json()))
    }

    /// The output of a model. Each model has its own structure.
    package struct ModelOutput: FetchOutput {
        package var value: JSONValue

        /// The files at any depth of the output, or the whole output if it contains no file.
        package var outputArtifacts: [Artifact] {
            let files = Self.files(in: value)
            return files.isEmpty ? value.outputArtifacts : files
        }

        private static func files(in value: JSONValue) -> [Artifact] {
            if let url = value["url"]?.string {
                var file = Artifact(reading: url)
                file.mediaType = value["content_type"]?.string ?? file.mediaType
                return [file]
            }
            let members = value.object?.sorted { $0.key < $1.key }.map(\.value)
            return (value.array ?? members ?? []).flatMap(files)
        }
    }

    private struct Body: Decodable {
        var status: String?
        var queuePosition: JSONValue?
        // A message, or an array of validation errors.
        var detail: JSONValue?
        var error: JSONValue?
        var errorType: JSONValue?

        var progress: JobProgress {
            JobProgress(details: queuePosition?.integer.map { ["queue_position": .integer($0)] } ?? [:])
        }

        var message: String? {
            error?.string ?? detail?.string ?? detail?.array?.compactMap { $0["msg"]?.string }.joined(separator: "; ")
        }

        var failure: JobFailure {
            let code = errorType?.text ?? detail?.array?.first?["type"]?.string
            let reasons = ["content_policy_violation": JobFailure.Reason.moderated, "client_cancelled": .cancelled]
            return JobFailure(code.flatMap { reasons[$0] } ?? .failed, message: message, code: code)
        }

        /// Returns true if an error response describes the job. The failure of a runner has an error type; a 5xx
        /// without one is a transient error of the queue.
        func isJobFailure(_ status: Int) -> Bool {
            guard message != nil, ![401, 402, 403, 404, 408, 429].contains(status) else { return false }
            return status < 500 || failure.code != nil
        }
    }
}

extension FetchPlugin where Self == FalQueue {
    package static var falQueue: Self { Self() }
}
