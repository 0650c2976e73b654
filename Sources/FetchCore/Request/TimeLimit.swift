/// The time of a request, including its credentials, its signature and a second request with another key.
struct TimeLimit {
    /// The maximum time.
    let timeout: Duration

    /// The end on the scheduler's timeline.
    let end: Duration

    /// Creates a limit of a request that begins at a time on the scheduler's timeline.
    init(_ timeout: Duration, from start: Duration) {
        self.timeout = timeout
        end = start + timeout
    }
}
