// The ways from the public functions to the scheduler.
extension FetchClient {
    /// Returns the handle of a job's endpoint for an account, or the error if it can't be polled.
    func handle(for job: JobReference, _ other: Account? = nil) -> Result<EndpointHandle, FetchError> {
        do throws(FetchError) {
            let endpoint = try registry.endpoint(named: job.endpoint)
            let registration = registry.registration(of: job.endpoint)
            return .success(scheduler.handle(for: endpoint, registration: registration, other ?? account, pipeline))
        } catch {
            return .failure(error.about(AccountJob(account: (other ?? account).id, reference: job)))
        }
    }

    /// Polls a job once through the scheduler, since its request has to wait for others.
    func singleRequest<Output>(_ handle: EndpointHandle, _ id: String) async throws -> FetchState<Output> {
        let updates = FetchUpdates<Output>(of: handle.name, id) { [self] in
            UpdatesSubscriber(scheduler: scheduler) { subscriber in
                let plan = PollPlan(singleRequest: policy(nil, for: handle), at: scheduler.now)
                return .subscribed(scheduler.subscribe(subscriber, to: id, of: handle, plan), nil)
            }
        }
        return try await updates.first()
    }

    /// Returns the states of a job.
    func updates<Output>(
        of handle: Result<EndpointHandle, FetchError>,
        named endpoint: EndpointName,
        _ id: String,
        _ submission: Submission?,
        _ policy: PollingPolicy?
    ) -> FetchUpdates<Output> {
        FetchUpdates(of: endpoint, id) { [self] in
            UpdatesSubscriber(scheduler: scheduler) { subscriber throws(FetchError) in
                let handle = try handle.get()
                let (plan, update) = plan(of: id, handle, submission, policy)
                return .subscribed(scheduler.subscribe(subscriber, to: id, of: handle, plan), update)
            }
        }
    }

    /// Waits for the end of a job and returns its output.
    func output(
        of handle: EndpointHandle,
        _ id: String,
        _ submission: Submission?,
        _ policy: PollingPolicy?
    ) async throws -> any FetchOutput {
        let (plan, _) = plan(of: id, handle, submission, policy)
        return try await ResultSubscriber(scheduler).output(of: id, handle, plan)
    }

    /// Returns the policy of a wait: its own, or the one of its endpoint, or the client's.
    func policy(_ own: PollingPolicy?, for handle: EndpointHandle) -> ClampedPolicy {
        let stated = own ?? (policies.isEmpty ? nil : policies[handle.name])
        if stated == nil, handle.timing == .unstated { return clampedPolicy }
        return ClampedPolicy(stated ?? policy, handle.timing)
    }

    /// Returns the plan of a wait that begins, and the update that is known already because of another wait for the
    /// job.
    func plan(
        of id: String,
        _ handle: EndpointHandle,
        _ submission: Submission?,
        _ policy: PollingPolicy?
    ) -> (PollPlan, FetchUpdate<any FetchOutput>?) {
        let (durations, lastResult) = scheduler.knowledge(of: id, handle)
        let now = scheduler.now
        var plan = PollPlan(
            policy: self.policy(policy, for: handle),
            age: submission?.age(at: pipeline.wallClock()),
            eta: submission?.eta,
            at: now,
            durations: durations
        )
        let update = plan.join(lastResult, at: now, durations)
        return (plan, update)
    }
}

extension FetchUpdates {
    /// Returns the first state.
    func first() async throws -> FetchState<Output> {
        for try await update in self { return update.state }
        // A sequence has a state or throws.
        throw CancellationError()
    }
}
