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

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: Body = try response.json()
        return switch body.status {
        // An hour after the end, the output is removed.
        case "succeeded" where body.dataRemoved?.bool == true: .failed(JobFailure(.expired))
        case "succeeded": .succeeded(body.output ?? .null)
        case "failed": .failed(JobFailure(message: body.error?.string))
        case "canceled", "aborted": .failed(JobFailure(.cancelled, message: body.error?.string))
        default: .pending
        }
    }

    private struct Body: Decodable {
        var status: String
        var output: JSONValue?
        var error: JSONValue?
        var dataRemoved: JSONValue?

        enum CodingKeys: String, CodingKey {
            case status, output, error
            case dataRemoved = "data_removed"
        }
    }
}

extension FetchPlugin where Self == ReplicatePrediction {
    package static var replicatePrediction: Self { Self() }
}
