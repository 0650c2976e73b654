import FetchCore

/// Endpoints that come with FetchKit, and whatever a server may answer them.
struct EndpointTarget: FuzzTarget {
    let name: String
    let endpoints: [ShippedEndpoint]

    func input(_ dice: inout Dice) -> EndpointInput {
        let endpoint = dice.pick(endpoints)
        return endpoint.input(&dice)
    }

    func shown(_ input: EndpointInput) -> String { input.shown }

    func outcome(of input: EndpointInput) async throws -> String {
        let check = FetchCheck(input: input)
        // What is large is read once, by the client, and its time is FetchKit's.
        if input.size < 100_000 { try check.read() }
        return try await check.fetch()
    }
}
