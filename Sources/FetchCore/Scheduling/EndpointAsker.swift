/// An endpoint as the scheduler knows it: whom to ask about a job of this id, and in which lane.
final class EndpointAsker: Sendable {
    typealias Answer = Result<FetchState<any FetchOutput>, FetchError>

    let name: EndpointName
    let provider: ProviderID
    let lane: Int
    /// The number of what is kept under its name.
    let record: Int
    let minimumGap: Duration
    /// Asks once. Throws only `CancellationError`.
    let ask: @Sendable (_ id: String, _ timeout: Duration) async throws -> Answer

    init(
        name: EndpointName,
        provider: ProviderID,
        lane: Int,
        record: Int,
        minimumGap: Duration,
        ask: @escaping @Sendable (_ id: String, _ timeout: Duration) async throws -> Answer
    ) {
        self.name = name
        self.provider = provider
        self.lane = lane
        self.record = record
        self.minimumGap = minimumGap
        self.ask = ask
    }

    /// The reference of a job of this id, which has been checked.
    func job(_ id: String) -> JobReference { JobReference(registered: name, checked: id) }
}
