/// The facts about a poll's requests that events and limits need: of the last one, and the size of all responses.
struct LastExchange: Sendable {
    /// The host that it was sent to. `nil` if nothing was sent.
    var host: String?

    /// The HTTP status of the response. `nil` if there was none.
    var status: Int?

    /// The bytes of all responses of the poll, of which an output keeps about as much.
    var bytes = 0
}
