#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore

extension FetchResponse {
    /// Creates a response with a JSON body, for a fixture or a scripted transport.
    ///
    /// ```swift
    /// EndpointFixture.failed(FetchResponse(json: #"{"detail":"the file is too large"}"#, status: 422))
    /// ```
    ///
    /// - Parameters:
    ///   - json: The body. It may be malformed, to test that.
    ///   - status: The HTTP status. Defaults to 200.
    ///   - headers: The header fields. `Content-Type` defaults to `application/json`. Defaults to no others.
    public init(json: String, status: Int = 200, headers: HeaderFields = [:]) {
        var headers = headers
        headers["Content-Type"] = headers["Content-Type"] ?? "application/json"
        self.init(status: status, headers: headers, body: Data(json.utf8))
    }

    /// Creates a response whose body is a file, for an endpoint that reads the body with `Artifact(response)`.
    ///
    /// - Parameters:
    ///   - file: The content of the file, such as the text of subtitles. Any string can stand for a binary file.
    ///   - mediaType: The value of `Content-Type`, such as `video/mp4`.
    ///   - status: The HTTP status. Defaults to 200.
    public init(file: String, mediaType: String, status: Int = 200) {
        self.init(status: status, headers: ["Content-Type": mediaType], body: Data(file.utf8))
    }
}
