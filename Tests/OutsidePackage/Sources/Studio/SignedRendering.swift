package import FetchCore
package import Foundation
import Crypto

/// Renderings of a provider whose requests are signed: HMAC-SHA256 over method, path and date.
package struct SignedRendering: FetchEndpoint, Hashable {
    package let name: EndpointName = "studio.rendering"
    package let provider: ProviderID = "studio"
    package let baseURL = URL(string: "https://api.studio.example/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "renderings/{id}"
    package let authorization = Authorization.signed

    package init() {}

    package func sign(_ request: inout FetchRequest, with key: APIKey, at date: Date) throws {
        let seconds = String(Int64(date.timeIntervalSince1970))
        let text = "\(request.method)\n\(request.url.path())\n\(seconds)"
        let secret = SymmetricKey(data: Data(key.secret.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: secret)
        request.headers["X-Date"] = seconds
        request.headers["Authorization"] = "HMAC " + Data(code).base64EncodedString()
    }

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        let body: JSONValue = try response.json()
        switch body["state"]?.text {
        case "done": return .succeeded(Artifact(link: try body.required("url", as: \.string), in: response))
        case "failed": return .failed(JobFailure(message: body["error"]?.text))
        default: return .pending
        }
    }
}
