package import FetchCore
package import Foundation

/// The endpoint of MiniMax's videos. A finished job has a file id, and a follow-up request returns the download link.
/// Errors are in the envelope of a response with HTTP status 200.
///
/// [Documentation](https://platform.minimax.io/docs/api-reference/video-generation-query)
package struct MiniMaxVideo: FetchEndpoint, Hashable {
    package let name: EndpointName = "minimax.video"
    package let provider: ProviderID = "minimax"
    package let baseURL = URL(string: "https://api.minimax.io/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "query/video_generation?task_id={id}"
    package let authorization = Authorization.bearer
    package let submission = SubmissionForm(id: "task_id")

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<URL> {
        let body = try response.json(Body.self, memberNames: .snakeCase)
        if body.status == "Fail" || body.baseResp.isModeration { return .failed(body.baseResp.failure) }
        try body.baseResp.requireSuccess()
        guard let status = body.status else { throw response.malformedResponseError("the response has no status") }
        guard status == "Success" else { return .pending }
        guard let file = body.fileId?.integer else {
            throw response.malformedResponseError("a finished video has no file_id")
        }
        return .followUp(
            FollowUp(.path("files/retrieve?file_id={file}", ["file": String(file)])) { response in
                let body = try response.json(Body.self, memberNames: .snakeCase)
                try body.baseResp.requireSuccess()
                guard let file = body.file else { throw response.malformedResponseError("the response has no file") }
                return .succeeded(file.downloadUrl)
            }
        )
    }

    private struct Body: Decodable {
        var status: String?
        // A string in some responses, a number in others.
        var fileId: JSONValue?
        var file: File?
        var baseResp: Envelope
    }

    private struct File: Decodable {
        var downloadUrl: URL
    }

    /// The result of the request, or the failure of the job.
    ///
    /// [Codes](https://platform.minimax.io/docs/api-reference/errorcode)
    private struct Envelope: Decodable {
        var statusCode: Int
        var statusMsg: JSONValue?

        var isModeration: Bool { [1026, 1027].contains(statusCode) }

        var failure: JobFailure {
            guard statusCode != 0 else { return JobFailure() }
            return JobFailure(
                isModeration ? .moderated : .failed,
                message: statusMsg?.text,
                code: String(statusCode)
            )
        }

        func requireSuccess() throws(FetchError) {
            guard statusCode != 0 else { return }
            let errorCode: FetchError.Code =
                switch statusCode {
                case 1004, 2049: .unauthorized
                case 1008: .paymentRequired
                case 1002, 1039, 1041, 2056: .rateLimited
                case 2013: .badRequest
                default: .serverError
                }
            let text = statusMsg?.text ?? "no message"
            throw FetchError(errorCode, "the response has status_code \(statusCode): \(text)")
        }
    }
}

extension FetchPlugin where Self == MiniMaxVideo {
    package static var miniMaxVideo: Self { Self() }
}
