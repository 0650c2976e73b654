import FetchCore
import Foundation

extension FetchRequest {
    /// Creates a request whose timeout of one hour isn't reached on a busy machine.
    static func fixture(
        method: RequestMethod,
        url: URL,
        headers: HeaderFields = [:],
        body: Data? = nil,
        timeout: Duration = .seconds(3600),
        responseLimit: Int = 32 << 20
    ) -> Self {
        Self(method: method, url: url, headers: headers, body: body, timeout: timeout, responseLimit: responseLimit)
    }
}
