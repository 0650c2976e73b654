#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore

/// An answer as a provider gives it, and what it means, for ``EndpointConformance``.
public struct EndpointFixture: Sendable {
    enum Meaning: String, Sendable {
        case pending, succeeded, failed
    }

    let meaning: Meaning
    let response: FetchResponse
    let further: [FetchResponse]

    var responses: [FetchResponse] { [response] + further }

    /// An answer of a job that isn't ready.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - further: What the endpoint's follow-up requests are answered with, in order.
    public static func pending(_ response: FetchResponse, then further: [FetchResponse] = []) -> Self {
        Self(meaning: .pending, response: response, further: further)
    }

    /// An answer of a job that is done.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - further: What the endpoint's follow-up requests are answered with, in order.
    public static func succeeded(_ response: FetchResponse, then further: [FetchResponse] = []) -> Self {
        Self(meaning: .succeeded, response: response, further: further)
    }

    /// An answer of a job that ended without a result.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - further: What the endpoint's follow-up requests are answered with, in order.
    public static func failed(_ response: FetchResponse, then further: [FetchResponse] = []) -> Self {
        Self(meaning: .failed, response: response, further: further)
    }

    /// A JSON answer of a job that isn't ready, with HTTP status 200.
    public static func pending(_ json: String) -> Self { .pending(FetchResponse(json: json)) }

    /// A JSON answer of a job that is done, with HTTP status 200.
    public static func succeeded(_ json: String) -> Self { .succeeded(FetchResponse(json: json)) }

    /// A JSON answer of a job that ended without a result, with HTTP status 200.
    public static func failed(_ json: String) -> Self { .failed(FetchResponse(json: json)) }
}

extension FetchResponse {
    init(json: String, status: Int = 200) {
        self.init(status: status, headers: ["Content-Type": "application/json"], body: Data(json.utf8))
    }
}
