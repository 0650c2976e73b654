public import FetchCore

/// An example of a provider's response to a submission and the job in it, for ``EndpointConformance``.
///
/// ```swift
/// try await EndpointConformance(
///     Interior(),
///     ids: [1, 77],
///     submissions: [
///         .queued(FetchResponse(json: #"{"status":"processing","id":77,"eta":20}"#), id: "77", eta: .seconds(20)),
///         .succeeded(FetchResponse(json: #"{"status":"success","output":["https://example.com/a.png"]}"#)),
///     ]
/// ).check()
/// ```
public struct SubmissionFixture: Sendable {
    enum Meaning: Sendable, Equatable {
        case queued(id: String, eta: Duration?)
        case succeeded
        case failed
        case error(FetchError.Code)
    }

    let meaning: Meaning
    let response: FetchResponse

    /// Creates a fixture for a job that has to be polled.
    ///
    /// - Parameters:
    ///   - response: The response. If a part of the id is in the URL of the submission, its `url` must be set.
    ///   - id: The job's id as a string.
    ///   - eta: The ETA in the response. Defaults to none.
    /// - Returns: The fixture.
    public static func queued(_ response: FetchResponse, id: String, eta: Duration? = nil) -> Self {
        Self(meaning: .queued(id: id, eta: eta), response: response)
    }

    /// Creates a fixture for a job that succeeded at once.
    public static func succeeded(_ response: FetchResponse) -> Self { Self(meaning: .succeeded, response: response) }

    /// Creates a fixture for a job that failed at once.
    public static func failed(_ response: FetchResponse) -> Self { Self(meaning: .failed, response: response) }

    /// Creates a fixture for a submission that the provider refused.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - code: The code of the error.
    /// - Returns: The fixture.
    public static func refused(_ response: FetchResponse, as code: FetchError.Code) -> Self {
        Self(meaning: .error(code), response: response)
    }
}
