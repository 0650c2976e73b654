import FetchDataStructures

// Events of subscribers.
extension SchedulerStateMachine {
    /// Adds a subscription. The job isn't polled for it before ``requestNext(_:at:)``.
    mutating func subscribe(
        _ subscriber: any Subscriber,
        to id: String,
        of handle: EndpointHandle,
        _ plan: PollPlan
    ) -> SubscriptionID {
        add(subscriber, to: id, of: handle, plan)
    }

    private mutating func add(
        _ subscriber: any Subscriber,
        to id: String,
        of handle: EndpointHandle,
        _ plan: PollPlan
    ) -> SubscriptionID {
        if let key = jobs.key(of: id, handle), let number = jobs.update(key, { $0.subscribe(subscriber, plan) }) {
            return SubscriptionID(job: key, number: number)
        }
        var job = PolledJob(handle, id: id)
        let number = job.subscribe(subscriber, plan)
        return SubscriptionID(job: insert(job), number: number)
    }

    /// Adds a subscription of a subscriber that waits for the ends of many jobs, and requests the next state.
    ///
    /// - Returns: False if the subscriber waits for that job already.
    mutating func subscribeOnce(
        _ subscriber: any Subscriber,
        to id: String,
        of handle: EndpointHandle,
        _ plan: PollPlan,
        at now: Duration
    ) -> Bool {
        guard subscription(of: subscriber, to: id, handle) == nil else { return false }
        let subscription = add(subscriber, to: id, of: handle, plan)
        subscribedJobs.insert(subscription.job, of: subscriber) { key in
            jobs.update(key) { job in job.subscriptions.contains { $0.subscriber === subscriber } } ?? false
        }
        want(subscription, at: now)
        return true
    }

    /// Adds a subscription of a subscriber that waits for the end of one job, and requests the next state.
    mutating func subscribeToEnd(
        _ subscriber: any Subscriber,
        of id: String,
        _ handle: EndpointHandle,
        _ plan: PollPlan,
        at now: Duration
    ) -> SubscriptionID {
        let subscription = add(subscriber, to: id, of: handle, plan)
        want(subscription, at: now)
        return subscription
    }

    /// Notes that a subscriber wants the next state.
    mutating func requestNext(_ id: SubscriptionID, at now: Duration) { want(id, at: now) }

    private mutating func want(_ id: SubscriptionID, at now: Duration) {
        guard
            let index = index(of: id),
            let plan = jobs.update(id.job, { $0.subscriptions[index].plan })
        else { return }
        guard plan.due != nil, now < plan.deadline else {
            return end(id, plan.end(with: plan.deadlineError(), at: now))
        }
        switch jobs.update(id.job, { $0.want(index, at: now) }) ?? .unchanged {
        case .unchanged: break
        case .schedule: needsSchedule(id.job)
        case .timer(let time): jobs.setTimer(of: id.job, at: time)
        case .watch(let deadline): watch(deadline, of: id.job, at: now)
        }
    }

    /// Removes a subscription.
    mutating func unsubscribe(_ id: SubscriptionID) { _ = remove(id) }

    /// Removes the subscription of a subscriber to a job, and returns its wait; `nil` if there is none.
    mutating func unsubscribe(
        _ subscriber: any Subscriber,
        from id: String,
        of handle: EndpointHandle,
        at now: Duration
    ) -> InterruptedWait? {
        guard
            let subscription = subscription(of: subscriber, to: id, handle),
            let job = jobs[subscription.job],
            let plan = remove(subscription)?.plan
        else { return nil }
        return job.interruption(of: plan, at: now, pauseEnd: queues[job.handle.queue].pauseEnd)
    }

    /// Removes all subscriptions of a subscriber that waits for many jobs.
    mutating func unsubscribeAll(_ subscriber: any Subscriber) {
        for queue in takeParkingQueues(of: subscriber) {
            queues[queue].parked.removeAll(for: subscriber)
        }
        for job in subscribedJobs.removeAll(of: subscriber) {
            let isUnused = jobs.update(job) { job -> Bool in
                guard let index = job.subscriptions.firstIndex(where: { $0.subscriber === subscriber }) else {
                    return false
                }
                job.subscriptions.remove(at: index)
                return job.subscriptions.isEmpty
            }
            if isUnused == true { needsSchedule(job) }
        }
    }

    /// Returns the waits of a subscriber that waits for many jobs, for another process to go on with.
    func waits(of subscriber: any Subscriber, at now: Duration) -> [(job: AccountJob, wait: InterruptedWait)] {
        // A job that was removed and added again is listed twice.
        var seen: Set<SlotKey> = []
        return subscribedJobs.all(of: subscriber).compactMap { key in
            guard
                let job = jobs[key],
                let subscription = job.subscriptions.first(where: { $0.subscriber === subscriber }),
                seen.insert(key).inserted
            else { return nil }
            let pauseEnd = queues[job.handle.queue].pauseEnd
            return (job.accountJob, job.interruption(of: subscription.plan, at: now, pauseEnd: pauseEnd))
        }
    }

    /// Notes that a subscriber has room for outcomes again.
    mutating func resume(_ subscriber: any Subscriber) {
        for queue in takeParkingQueues(of: subscriber) {
            guard queues[queue].parked.resume(subscriber) else { continue }
            parkingQueues.insert(queue, for: subscriber)
            needsDispatch(queue)
        }
    }

    /// Removes and returns the queues in which jobs of a subscriber are parked. A queue whose jobs have left may be
    /// gone.
    private mutating func takeParkingQueues(of subscriber: any Subscriber) -> [Int] {
        parkingQueues.remove(subscriber).filter(queues.contains)
    }

    /// Makes a job due now, or as soon as its shortest gap is over. A job without subscriptions is left alone.
    mutating func hurry(_ id: String, of handle: EndpointHandle, at now: Duration) {
        guard let job = jobs.key(of: id, handle) else { return }
        jobs.update(job) { $0.hurry(at: now) }
        needsSchedule(job)
    }

    /// Returns the last result of a job that has subscriptions.
    func lastResult(of id: String, _ handle: EndpointHandle) -> LastResult {
        jobs.key(of: id, handle).flatMap { jobs[$0]?.subscriptions.first?.plan.lastResult } ?? .none
    }

    private mutating func index(of id: SubscriptionID) -> Int? {
        jobs.update(id.job) { $0.subscriptions.index(of: id.number) }
    }

    private func subscription(of subscriber: any Subscriber, to id: String, _ handle: EndpointHandle) -> SubscriptionID?
    {
        guard
            let job = jobs.key(of: id, handle),
            let subscription = jobs[job]?.subscriptions.first(where: { $0.subscriber === subscriber })
        else { return nil }
        return SubscriptionID(job: job, number: subscription.number)
    }

    private mutating func end(_ id: SubscriptionID, _ event: PollEvent) {
        guard let job = jobs[id.job], let subscription = remove(id) else { return }
        deliver(event, of: job.accountJob, job.handle, to: subscription.subscriber)
    }

    private mutating func remove(_ id: SubscriptionID) -> Subscription? {
        guard
            let index = index(of: id),
            let subscription = jobs.update(id.job, { $0.subscriptions.remove(at: index) })
        else { return nil }
        unpark(id.job, for: subscription.subscriber)
        // The timers of a job that others wait for stay. If none of them wants it as soon, a timer rings without
        // effect.
        if jobs.update(id.job, { $0.subscriptions.isEmpty }) == true { needsSchedule(id.job) }
        return subscription
    }
}
