import Measuring

/// The samples of all clients at one number of requests in flight.
struct LoadRounds {
    let step: LoadStep
    private(set) var samples: [ClientName: [LoadSample]] = [:]

    /// Measures each client once per round. Each round starts with another client, so that the order doesn't favour any
    /// of them.
    init(_ step: LoadStep, rounds: Int, of clients: [ClientProcess]) throws {
        self.step = step
        // Opens connections and loads code.
        for client in clients { _ = try client.sample(LoadStep(inFlight: step.inFlight, seconds: step.seconds / 2)) }
        for round in 0..<rounds {
            for index in clients.indices {
                let client = clients[(index + round) % clients.count]
                samples[client.name, default: []].append(try client.sample(step))
            }
        }
    }

    func figure(of client: ClientName) -> LoadFigure {
        LoadFigure(client, inFlight: step.inFlight, samples[client, default: []])
    }

    func ratio(of client: ClientName, to other: ClientName) -> LoadRatio {
        let pairs = zip(samples[client, default: []], samples[other, default: []]).map { (own: $0, other: $1) }
        return LoadRatio(client, against: other, inFlight: step.inFlight, pairs)
    }
}
