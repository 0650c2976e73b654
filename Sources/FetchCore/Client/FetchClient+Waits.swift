// The ways from the public functions to the scheduler.
extension FetchClient {
    /// Returns the handle of a job's endpoint, or the error if it can't be polled.
    func handle(for job: JobReference) -> Result<EndpointHandle, FetchError> {
        do throws(FetchError) {
            let endpoint = try registry.endpoint(named: job.endpoint)
            let registration = registry.registration(of: job.endpoint)
            return .success(scheduler.handle(for: endpoint, registration: registration, pipeline))
        } catch {
            return .failure(error.about(endpoint: job.endpoint, id: job.id))
        }
    }

    /// Polls a job once through the scheduler, since its request has to wait for others.
    func singleRequest<Output>(_ handle: EndpointHandle, _ id: String) async throws -> FetchState<Output> {
        let updates = FetchUpdates<Output>(endpoint: handle.name, id: id) { [scheduler, clampedPolicy] in
            UpdatesSubscriber(scheduler: scheduler) { subscriber in
                let plan = PollPlan(singleRequest: clampedPolicy, at: scheduler.now)
                return (scheduler.subscribe(subscriber, to: id, of: handle, plan), nil)
            }
        }
        return try await updates.first()
    }

    /// Returns the states of a job.
    func updates<Output>(
        of handle: Result<EndpointHandle, FetchError>,
        named name: EndpointName,
        _ id: String,
        submitted: Submission?,
        policy: PollingPolicy?
    ) -> FetchUpdates<Output> {
        let minimumGap = (try? handle.get().minimumGap) ?? .zero
        let policy =
            policy == nil && minimumGap == .zero
            ? clampedPolicy : ClampedPolicy(policy ?? self.policy, minimumGap: minimumGap)
        return FetchUpdates(endpoint: name, id: id) { [scheduler, pipeline, policy] in
            UpdatesSubscriber(scheduler: scheduler) { subscriber throws(FetchError) in
                let handle = try handle.get()
                let (durations, lastResult) = scheduler.knowledge(of: id, handle)
                let now = scheduler.now
                var plan = PollPlan(
                    policy: policy,
                    age: submitted?.age(at: pipeline.wallClock()),
                    eta: submitted?.eta,
                    at: now,
                    durations: durations
                )
                let update = plan.join(lastResult, at: now, durations)
                return (scheduler.subscribe(subscriber, to: id, of: handle, plan), update)
            }
        }
    }
}

extension FetchUpdates {
    /// Returns the first state.
    func first() async throws -> FetchState<Output> {
        for try await update in self { return update.state }
        // A sequence has a state or throws.
        throw CancellationError()
    }

    /// Returns the output that the job ends with.
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
