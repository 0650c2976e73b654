import FetchCore
import Foundation

/// A long-running operation of Google's video models, as both the Gemini API and Vertex AI describe it. There is no
/// word for its state: it is done or not, and then has a response or an error.
///
/// [Documentation](https://cloud.google.com/vertex-ai/docs/reference/rpc/google.longrunning#operation)
struct VeoOperation<Response: VeoResponse>: Decodable {
    var done: Bool?
    var error: Problem?
    var response: Response?

    /// A code of `google.rpc.Code`, and its name where the service gives it.
    struct Problem: Decodable {
        var code: Int?
        var status: String?
        var message: String?
    }

    /// What the operation says of its job. Where the filters let through only some of the videos, those are the output.
    var answer: FetchAnswer<[Artifact]> {
        guard done == true else { return .pending }
        if let error {
            let code = error.status ?? error.code.map(String.init)
            return .failed(JobFailure(error.code == 1 ? .cancelled : .failed, message: error.message, code: code))
        }
        let videos = response?.artifacts ?? []
        guard videos.isEmpty else { return .succeeded(videos) }
        return .failed(JobFailure(.moderated, message: response?.raiMediaFilteredReasons?.joined(separator: " ")))
    }
}

/// What an operation holds when it has succeeded: videos, and why others were withheld.
protocol VeoResponse: Decodable {
    var artifacts: [Artifact] { get }
    var raiMediaFilteredReasons: [String]? { get }
}
