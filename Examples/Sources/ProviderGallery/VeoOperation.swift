import FetchCore
import Foundation

/// A long-running operation of Google's video models, as both the Gemini API and Vertex AI describe it. There is no
/// word for its state: it is done or not, and then has a response or an error.
///
/// [Documentation](https://cloud.google.com/vertex-ai/docs/reference/rpc/google.longrunning#operation)
struct VeoOperation<Response: VeoResponse>: Decodable {
    var done: Bool?
    /// A code of `google.rpc.Code`, and its name where the service gives it.
    var error: JSONValue?
    var response: Response?

    /// What the operation says of its job. Where the filters let through only some of the videos, those are the output.
    var answer: FetchAnswer<[Artifact]> {
        guard done == true else { return .pending }
        if let error {
            let (number, words) = (error["code"]?.explanation, error["message"]?.explanation)
            let code = error["status"]?.explanation ?? number
            return .failed(JobFailure(number == "1" ? .cancelled : .failed, message: words, code: code))
        }
        let videos = response?.outputArtifacts ?? []
        guard videos.isEmpty else { return .succeeded(videos) }
        let reasons = response?.raiMediaFilteredReasons?.array?.compactMap(\.string)
        return .failed(JobFailure(.moderated, message: reasons?.joined(separator: " ")))
    }
}

/// What an operation holds when it has succeeded: videos, and why others were withheld.
protocol VeoResponse: Decodable {
    var outputArtifacts: [Artifact] { get }
    var raiMediaFilteredReasons: JSONValue? { get }
}
