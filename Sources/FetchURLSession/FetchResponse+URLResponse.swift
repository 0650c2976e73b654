public import FetchCore
public import Foundation

#if canImport(FoundationNetworking)
    public import FoundationNetworking
#endif

extension FetchResponse {
    /// Creates a response from one that the application has received with a `URLSession` of its own, such as the
    /// response to a submission.
    ///
    /// ```swift
    /// let (body, response) = try await URLSession.shared.data(for: submission)
    /// let video = try await client.result(continuing: FetchResponse(body, response), of: .modelsLabVideo)
    /// ```
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - response: The response.
    ///   - date: The date at which it was received. Defaults to now.
    /// - Throws: `FetchError` with the code `malformedResponse` if it isn't an HTTP response.
    public init(_ body: Data, _ response: URLResponse, receivedAt date: Date = Date()) throws(FetchError) {
        guard let response = response as? HTTPURLResponse else {
            throw FetchError(
                .malformedResponse,
                "the response isn't an HTTP response",
                remedy: "Submit the job over http or https.",
                isRetryable: false
            )
        }
        self.init(
            status: response.statusCode,
            headers: HeaderFields(response),
            body: body,
            url: response.url,
            receivedAt: date
        )
    }
}
