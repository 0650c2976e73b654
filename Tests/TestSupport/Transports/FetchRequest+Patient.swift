package import FetchCore
package import Foundation

extension FetchRequest {
    /// Creates a request with a timeout of one hour, which doesn't expire on a loaded machine.
    package static func patient(
        method: RequestMethod = .get,
        url: URL,
        headers: HeaderFields = [:],
        body: Data? = nil,
        timeout: Duration = .seconds(3600),
        responseLimit: Int = 32 << 20
    ) -> Self {
        Self(method: method, url: url, headers: headers, body: body, timeout: timeout, responseLimit: responseLimit)
    }
}
