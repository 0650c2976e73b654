import FetchCore

extension SimulatedModelsLab {
    /// The source that the responses follow.
    public enum ResponseStyle: Sendable, Hashable, CaseIterable {
        /// ModelsLab's documentation: the schema of each family, integers as integers, and errors with the HTTP
        /// statuses 400, 401, 404, 429 and 500.
        ///
        /// A face swap or a video whose id isn't an integer gets 400. An unknown face swap also gets 400, since its
        /// documentation has no 404. All other unknown jobs get 404.
        ///
        /// The documentation describes no response for a failed face swap, deepfake or face generation. They get the
        /// response of videos, `"status": "error"` with HTTP 200.
        case documented

        /// The reported behaviour of the servers: errors with HTTP 200, with or without a code; "Request not found" for
        /// new jobs; minimal responses such as `{"status":"processing","message":"Try Again","output":""}`; `messege`
        /// instead of `message`; and numbers and links of all JSON types.
        case reported
    }
}

/// A type that creates the responses of a simulated service.
protocol SimulatedResponses: Sendable {
    var unknownPath: FetchResponse { get }
    var wrongMethod: FetchResponse { get }
    var missingKey: FetchResponse { get }
    var wrongKey: FetchResponse { get }
    /// Returns the response to a malformed id, or `nil` if the id is well formed. Doesn't depend on the jobs.
    func malformedID(in route: SimulatedRoute) -> FetchResponse?
    func unknownID(in route: SimulatedRoute) -> FetchResponse
    func rateLimited(index: Int, retryAfter: Duration) -> FetchResponse
    func serverError(index: Int) -> FetchResponse
    func pending(_ job: SimulatedJob) -> FetchResponse
    func done(_ job: SimulatedJob) -> FetchResponse
}
