// How the public functions reach the scheduler.
extension FetchClient {
    /// What asks about a job by name, or why nobody can.
    func asker(for job: JobReference) -> Result<EndpointAsker, FetchError> {
        do throws(FetchError) {
            let endpoint = try registry.endpoint(named: job.endpoint)
            let registration = registry.registration(of: job.endpoint)
            return .success(scheduler.asker(for: endpoint, registration: registration, exchange))
        } catch {
            return .failure(error.about(endpoint: job.endpoint, id: job.id))
        }
    }

    /// Asks about a job once.
    func once<Output>(_ asker: EndpointAsker, _ id: String) async throws -> FetchState<Output> {
        let policy = usablePolicy
        if let answer = try await scheduler.askAlone(id, of: asker, policy) {
            return try answer.get().map(FetchUpdates<Output>.output)
        }
        let wait = FetchUpdates<Output>(endpoint: asker.name, id: id) { [scheduler] in
            UpdatesWaiter(scheduler: scheduler, onRetry: nil) { waiter in
                scheduler.add(Wait(once: policy, at: scheduler.now), for: id, of: asker, waiter)
            }
        }
        return try await wait.first()
    }

    /// A wait for the end.
    func updates<Output>(
        of asker: Result<EndpointAsker, FetchError>,
        named name: EndpointName,
        _ id: String,
        submitted: Submission?,
        policy: PollingPolicy?
    ) -> FetchUpdates<Output> {
        let minimumGap = (try? asker.get().minimumGap) ?? .zero
        let policy =
            policy == nil && minimumGap == .zero
            ? usablePolicy : UsablePolicy(policy ?? self.policy, minimumGap: minimumGap)
        return FetchUpdates(endpoint: name, id: id) { [scheduler, exchange, onRetry, policy] in
            UpdatesWaiter(scheduler: scheduler, onRetry: onRetry) { waiter throws(FetchError) in
                let asker = try asker.get()
                let age = submitted?.age(at: exchange.wallClock())
                let wait = Wait(
                    policy: policy,
                    age: age,
                    eta: submitted?.eta,
                    at: scheduler.now,
                    knowing: scheduler.durations(of: asker)
                )
                return scheduler.add(wait, for: id, of: asker, waiter)
            }
        }
    }
}

extension FetchUpdates {
    /// The first state.
    func first() async throws -> FetchState<Output> {
        for try await update in self { return update.state }
        // A sequence has a state or throws.
        throw CancellationError()
    }

    /// The output that the job ends with.
    func output() async throws -> Output {
        for try await update in self {
            switch update.state {
            case .pending: continue
            case .succeeded(let output): return output
            case .failed(let failure): throw FetchError.jobFailed(failure).about(endpoint: endpoint, id: id)
            }
        }
        // A sequence ends after a terminal state or by throwing.
        throw CancellationError()
    }
}
