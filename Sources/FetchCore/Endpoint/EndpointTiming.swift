/// The times that an endpoint states for its jobs. They apply where a policy states none.
struct EndpointTiming: Sendable, Hashable {
    /// An endpoint that states nothing.
    static let unstated = Self()

    var minimumGap: Duration = .zero
    var maximumGap: Duration?
    var requestTimeout: Duration?
    var deadline: Duration?
}

extension EndpointTiming {
    /// Reads the statements of an endpoint.
    init(_ endpoint: some FetchEndpoint) {
        self.init(
            minimumGap: endpoint.minimumGap,
            maximumGap: endpoint.maximumGap,
            requestTimeout: endpoint.requestTimeout,
            deadline: endpoint.deadline
        )
    }
}
