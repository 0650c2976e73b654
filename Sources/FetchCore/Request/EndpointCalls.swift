/// The state of the calls that are made for an endpoint, under its name. Endpoints of one name share it.
struct EndpointCalls: Sendable {
    /// Counts the calls of transports and application functions that were given up and haven't returned.
    let unreturned = UnreturnedCalls()

    /// Where the endpoint's decoder runs.
    let decoder = DecoderRuns()
}
