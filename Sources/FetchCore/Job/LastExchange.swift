/// What events say of the last request of a poll.
struct LastExchange: Sendable {
    /// The host that it was sent to. `nil` if nothing was sent.
    var host: String?

    /// The HTTP status of the response. `nil` if there was none.
    var status: Int?
}
