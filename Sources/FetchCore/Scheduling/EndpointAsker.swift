/// An endpoint as the scheduler knows it: whom to ask about a job of this id, and in which lane.
final class EndpointAsker: Sendable {
    typealias Answer = Result<FetchState<any FetchOutput>, FetchError>

    let name: EndpointName
    let provider: ProviderID
    let lane: Int
    /// Where its statistics are.
    let tally: Int
    let minimumGap: Duration
    /// Asks once. Throws only `CancellationError`.
    let ask: @Sendable (_ id: String, _ timeout: Duration) async throws -> Answer

    init(
        name: EndpointName,
        provider: ProviderID,
        lane: Int,
        tally: Int,
        minimumGap: Duration,
        ask: @escaping @Sendable (_ id: String, _ timeout: Duration) async throws -> Answer
    ) {
        self.name = name
        self.provider = provider
        self.lane = lane
        self.tally = tally
        self.minimumGap = minimumGap
        self.ask = ask
    }
}
