package import FetchCore
package import Foundation

/// An endpoint whose requests are signed for AWS. The id is the action, and the output is the JSON of the response.
package struct AWSEndpoint: FetchEndpoint, Hashable {
    package let name: EndpointName = "aws.action"
    package let provider: ProviderID = "aws"
    package let baseURL = URL(string: "https://iam.amazonaws.com")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "?Action={id}&Version=2010-05-08"
    package let authorization = Authorization.signed
    package let headers: HeaderFields = ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"]

    /// The access key of AWS's documentation: the identifier, a colon and the secret.
    package static let exampleKey = APIKey("AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

    /// Creates the endpoint.
    package init() {}

    package func sign(_ request: inout FetchRequest, with key: APIKey, at date: Date) throws {
        let signature = try AWSSignature(of: request, with: key, at: date, region: "us-east-1", service: "iam")
        request.headers["X-Amz-Date"] = signature.timestamp
        request.headers["Authorization"] = signature.authorization
    }

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        .succeeded(try response.json())
    }
}
