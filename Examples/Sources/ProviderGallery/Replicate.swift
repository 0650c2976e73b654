package import FetchCore
package import Foundation

/// The endpoint of Replicate's predictions. The structure of the output depends on the model: a link, several links,
/// strings or an object.
///
/// [Documentation](https://replicate.com/docs/reference/http#predictions.get)
package struct ReplicatePrediction: FetchEndpoint, Hashable {
    package let name: EndpointName = "replicate.prediction"
    package let provider: ProviderID = "replicate"
    package let baseURL = URL(string: "https://api.replicate.com/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "predictions/{id}"
    package let authorization = Authorization.bearer
    package let submission = SubmissionForm(id: "id", url: "urls.get", hasState: true)

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: JSONValue = try response.json()
        return switch try body.required("status", as: \.string) {
        // An hour after the end, the output is removed.
        case "succeeded" where body["data_removed"] == true: .failed(JobFailure(.expired))
        case "succeeded": .succeeded(try body.required("output"))
        case "failed": .failed(JobFailure(message: body["error"]?.text))
        case "canceled", "aborted": .failed(JobFailure(.cancelled, message: body["error"]?.text))
        default: .pending
        }
    }
}

extension FetchPlugin where Self == ReplicatePrediction {
    package static var replicatePrediction: Self { Self() }
}
