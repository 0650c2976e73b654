package import FetchCore
package import Foundation

/// The endpoint of Meshy's tasks, which produce models or images. Each kind of task has its own URL, so an id consists
/// of the version, the kind and the task: `v2/text-to-3d/…`. A pending response has a `Retry-After` header, which the
/// client applies.
///
/// [Documentation](https://docs.meshy.ai/en/api/task-lifecycle)
package struct MeshyTask: FetchEndpoint, Hashable {
    package let name: EndpointName = "meshy.task"
    package let provider: ProviderID = "meshy"
    package let baseURL = URL(string: "https://api.meshy.ai/openapi")!
    package let method = RequestMethod.get
    package let idForm: IDForm = "{version}/{kind}/{task}"
    package let path: PathTemplate = "{version}/{kind}/{task}"
    package let authorization = Authorization.bearer
    package let submission = SubmissionForm(id: "result", path: "{version}/{kind}")

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Files> {
        let body = try response.json(Body.self, memberNames: .snakeCase)
        return switch body.status {
        case "SUCCEEDED": .succeeded(Files(models: body.models, images: body.imageUrls ?? []))
        case "FAILED": .failed(body.failure(.failed))
        case "CANCELED": .failed(body.failure(.cancelled))
        case "EXPIRED": .failed(body.failure(.expired))
        default: .pending(body.jobProgress)
        }
    }

    /// The files of a task: a model in several formats, keyed by format, or images.
    package struct Files: FetchOutput {
        package var models: [String: URL]
        package var images: [URL]

        /// The model as GLB, the model in other formats, then the images.
        package var outputArtifacts: [Artifact] {
            let others = models.filter { $0.key != "glb" }.sorted { $0.key < $1.key }.map(\.value)
            return ([models["glb"]].compactMap(\.self) + others + images).outputArtifacts
        }
    }

    private struct Body: Decodable {
        var status: String
        var progress: JSONValue?
        var precedingTasks: JSONValue?
        var modelUrls: [String: String?]?
        var imageUrls: [URL]?
        var taskError: JSONValue?

        /// The links by format. The link of an unavailable format is empty or missing.
        var models: [String: URL] {
            (modelUrls ?? [:]).compactMapValues { $0.flatMap { URL(string: $0) } }
        }

        var jobProgress: JobProgress {
            JobProgress(
                fraction: progress?.number.map { $0 / 100 },
                details: precedingTasks?.integer.map { ["preceding_tasks": .integer($0)] } ?? [:]
            )
        }

        func failure(_ reason: JobFailure.Reason) -> JobFailure {
            JobFailure(reason, message: taskError?["message"]?.text)
        }
    }
}

extension FetchPlugin where Self == MeshyTask {
    package static var meshyTask: Self { Self() }
}
