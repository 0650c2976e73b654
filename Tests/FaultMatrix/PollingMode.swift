package import FetchCore

/// A combination of the client's function and the endpoint's HTTP method.
package struct PollingMode: Sendable, CustomStringConvertible {
    /// The client's function that polls the job.
    package enum Call: String, Sendable, CaseIterable { case fetch, updates, batch }

    package let call: Call
    package let method: RequestMethod

    package static let all = Call.allCases.flatMap { call in
        [RequestMethod.get, .post].map { PollingMode(call: call, method: $0) }
    }

    package static let post = all.filter { $0.method == .post }

    package var description: String { "\(method) by \(call.rawValue)" }

    /// Polls a job and returns the outcome for the caller, with its error.
    func outcome(
        of id: String,
        from endpoint: ProbeEndpoint,
        with client: FetchClient
    ) async throws -> (FaultCase.Outcome, FetchError?) {
        do {
            return (try await state(of: id, from: endpoint, with: client), nil)
        } catch let error as FetchError {
            return (error.isRetryable ? .retryable(error.code) : .permanent(error.code), error)
        }
    }

    private func state(
        of id: String,
        from endpoint: ProbeEndpoint,
        with client: FetchClient
    ) async throws -> FaultCase.Outcome {
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
    }
}

extension FaultCase.Outcome {
    init(_ state: FetchState<String>) {
        switch state {
        case .pending: self = .pending
        case .succeeded: self = .done
        case .failed: self = .permanent(.jobFailed)
        }
    }
}
