public import FetchCore

/// An example response of a provider and the state that it stands for, for ``EndpointConformance``.
public struct EndpointFixture: Sendable {
    enum Meaning: String, Sendable {
        case pending, succeeded, failed
    }

    let meaning: Meaning
    let response: FetchResponse
    let followUps: [FetchResponse]

    var responses: [FetchResponse] { [response] + followUps }

    /// Creates a fixture for a pending job.
    ///
    /// - Parameters:
    ///   - response: The response to the polling request.
    ///   - followUps: The responses to the endpoint's follow-up requests, in order. Defaults to none.
    /// - Returns: The fixture.
    public static func pending(_ response: FetchResponse, then followUps: [FetchResponse] = []) -> Self {
        Self(meaning: .pending, response: response, followUps: followUps)
    }

    /// Creates a fixture for a job that succeeded.
    ///
    /// - Parameters:
    ///   - response: The response to the polling request.
    ///   - followUps: The responses to the endpoint's follow-up requests, in order. Defaults to none.
    /// - Returns: The fixture.
    public static func succeeded(_ response: FetchResponse, then followUps: [FetchResponse] = []) -> Self {
        Self(meaning: .succeeded, response: response, followUps: followUps)
    }

    /// Creates a fixture for a job that ended without a result.
    ///
    /// - Parameters:
    ///   - response: The response to the polling request.
    ///   - followUps: The responses to the endpoint's follow-up requests, in order. Defaults to none.
    /// - Returns: The fixture.
    public static func failed(_ response: FetchResponse, then followUps: [FetchResponse] = []) -> Self {
        Self(meaning: .failed, response: response, followUps: followUps)
    }

    /// Creates a fixture for a pending job from a JSON body, with HTTP status 200.
    public static func pending(_ json: String) -> Self { .pending(FetchResponse(json: json)) }

    /// Creates a fixture for a job that succeeded from a JSON body, with HTTP status 200.
    public static func succeeded(_ json: String) -> Self { .succeeded(FetchResponse(json: json)) }

    /// Creates a fixture for a job that ended without a result from a JSON body, with HTTP status 200.
    public static func failed(_ json: String) -> Self { .failed(FetchResponse(json: json)) }
}
