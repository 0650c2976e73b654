/// The limit on the follow-up requests of one poll.
enum FollowUpLimit {
    /// The maximum number. Some endpoints need a follow-up for each of thirty files; more than this are a circle.
    static let maximum = 64

    /// The error of an endpoint that requests more.
    static var error: FetchError {
        FetchError(
            .malformedEndpoint,
            "the endpoint requested more than \(maximum) follow-ups",
            remedy: "Check that its follow-ups come to an end."
        )
    }
}
