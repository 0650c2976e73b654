// The parts of a client that saving outputs as files needs. Those of a job are in `ClientJob`.
extension FetchClient {
    /// The client's transport, if it can stream.
    package var streamingTransport: (any StreamingTransport)? { pipeline.streamingTransport }

    /// The clocks and random numbers of the client.
    package var environment: Environment {
        Environment(clock: scheduler.clock, wallClock: pipeline.wallClock, random: scheduler.random)
    }
}
