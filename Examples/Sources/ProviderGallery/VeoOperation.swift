import FetchCore
import Foundation

/// A long-running operation of Google's video models, in the format of the Gemini API and Vertex AI. It has no status
/// string: `done` is true or absent, and a finished operation has a response or an error.
///
/// [Documentation](https://cloud.google.com/vertex-ai/docs/reference/rpc/google.longrunning#operation)
struct VeoOperation<Response: VeoResponse>: Decodable {
    var done: Bool?
    /// The error with a code of `google.rpc.Code`, and the name of the code if the service includes it.
    var error: JSONValue?
    var response: Response?

    /// The state of the job. If the filters withhold only some of the videos, the output has the others.
    var answer: FetchAnswer<[Artifact]> {
        guard done == true else { return .pending }
        if let error {
            let (number, message) = (error["code"]?.text, error["message"]?.text)
            let code = error["status"]?.text ?? number
            return .failed(JobFailure(number == "1" ? .cancelled : .failed, message: message, code: code))
        }
        let videos = response?.outputArtifacts ?? []
        guard videos.isEmpty else { return .succeeded(videos) }
        let reasons = response?.raiMediaFilteredReasons?.array?.compactMap(\.string)
        return .failed(JobFailure(.moderated, message: reasons?.joined(separator: " ")))
    }
}

/// The response of a finished operation: its videos, and the reasons why others were withheld.
protocol VeoResponse: Decodable {
    var outputArtifacts: [Artifact] { get }
    var raiMediaFilteredReasons: JSONValue? { get }
}
