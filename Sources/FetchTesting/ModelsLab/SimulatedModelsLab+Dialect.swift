import FetchCore

extension SimulatedModelsLab {
    /// Whose word the answers follow.
    public enum Dialect: Sendable, Hashable, CaseIterable {
        /// ModelsLab's own documents: each family's schema, integers as integers, and errors with the HTTP statuses 400,
        /// 401, 404, 429 and 500.
        ///
        /// 400 is what a face swap or a video hears whose id isn't an integer, started or not, and a face swap that
        /// nobody knows: its documents name 400 and no 404. All others that nobody knows hear 404.
        ///
        /// The documents name no answer for a face swap, a deepfake or a face that failed. These get what videos get:
        /// `"status": "error"` with HTTP 200.
        case documents

        /// What clients report of the real servers: errors with HTTP 200, with a code or without, "Request not found"
        /// for young jobs, answers as bare as `{"status":"processing","message":"Try Again","output":""}`, `messege`
        /// for `message`, and numbers and links of all types.
        case fieldNotes
    }
}

/// The words in which a simulated service says what it has to say.
protocol SimulatedDialect: Sendable {
    var unknownPath: FetchResponse { get }
    var wrongMethod: FetchResponse { get }
    var missingKey: FetchResponse { get }
    var wrongKey: FetchResponse { get }
    /// What is wrong with the id, whatever jobs there are.
    func malformedID(in route: SimulatedRoute) -> FetchResponse?
    func unknownID(in route: SimulatedRoute) -> FetchResponse
    func rateLimited(turn: Int, retryAfter: Duration) -> FetchResponse
    func serverError(turn: Int) -> FetchResponse
    func pending(_ job: SimulatedJob) -> FetchResponse
    func done(_ job: SimulatedJob) -> FetchResponse
}
