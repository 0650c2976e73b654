import FetchCore

/// Endpoints that ship with FetchKit, with mutated responses.
struct EndpointTarget: FuzzTarget {
    let name: String
    let endpoints: [ShippedEndpoint]

    func input(_ random: inout SeededRandom) -> EndpointInput {
        let endpoint = random.pick(endpoints)
        return endpoint.input(&random)
    }

    func description(of input: EndpointInput) -> String { input.description }

    func outcome(of input: EndpointInput) async throws -> String {
        let check = FetchCheck(input: input)
        // Large bodies are only read through the client, so that the measured time is FetchKit's.
        if input.size < 100_000 {
            try check.read()
            try await check.readSubmission()
        }
        return try await check.fetch()
    }
}
