import FetchCore

/// A way of asking about a job.
struct Way: Sendable, CustomStringConvertible {
    enum Call: String, CaseIterable { case fetch, updates, batch }

    let call: Call
    let method: HTTPMethod

    static let all = Call.allCases.flatMap { call in
        [HTTPMethod.get, .post].map { Way(call: call, method: $0) }
    }

    static let posts = all.filter { $0.method == .post }

    var description: String { "\(method) by \(call.rawValue)" }

    /// Asks, and returns what the caller sees in the end.
    func outcome(of id: String, from endpoint: Probe, with client: FetchClient) async throws -> FaultCase.Outcome {
        do {
            switch call {
            case .fetch: return FaultCase.Outcome(try await client.fetch(endpoint, id: id))
            case .updates:
                var last = FaultCase.Outcome.pending
                for try await update in client.updates(endpoint, id: id) { last = FaultCase.Outcome(update.state) }
                return last
            case .batch:
                let batch = client.batch()
                batch.add(QueuedJob(try JobReference(endpoint: endpoint.name, id: id)))
                batch.finish()
                for try await outcome in batch {
                    _ = try outcome.result.get()
                    return .done
                }
                return .pending
            }
        } catch let error as FetchError {
            return error.isRetryable ? .again(error.code) : .never(error.code)
        }
    }
}

extension FaultCase.Outcome {
    init(_ state: FetchState<String>) {
        switch state {
        case .pending: self = .pending
        case .succeeded: self = .done
        case .failed: self = .never(.jobFailed)
        }
    }
}
