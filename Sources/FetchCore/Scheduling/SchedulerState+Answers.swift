// What was heard.
extension SchedulerState {
    /// Notes that a request was given up by whoever made it. Those who wait for the job besides have it made again.
    mutating func giveUp(_ flight: Flight, at now: Duration) {
        guard isOnItsWay(flight) else { return }
        lanes[flight.asker.lane].finish()
        slots[flight.job]?.phase = .idle
        tidy(flight.job, at: now)
        dispatch(flight.asker.lane, at: now)
    }

    private func isOnItsWay(_ flight: Flight) -> Bool {
        if case .inFlight(flight.number, _)? = slots[flight.job]?.phase { true } else { false }
    }

    /// Notes the answer to a request, tells it to all who wait, and sees when to ask next.
    ///
    /// - Parameter random: A number from 0 to 1, for the jitter.
    mutating func finish(_ flight: Flight, _ answer: EndpointAsker.Answer, at now: Duration, random: Double) {
        let slot = flight.job
        guard isOnItsWay(flight), let job = slots[slot] else { return }
        let latency = now - (job.lastRequest ?? now)
        let mayRetry = note(answer, to: flight, of: job, after: latency, at: now)
        if case .success(.succeeded) = answer { learn(from: job, at: now) }
        slots[slot]?.phase = .idle
        var word = LastWord.none
        if case .success(.pending(let progress)) = answer {
            word = lanes[job.asker.lane].word(for: progress)
            slots[slot]?.notePending()
        }
        for number in job.entries.map(\.number) {
            guard let index = slots[slot]?.entries.firstIndex(where: { $0.number == number }) else { continue }
            tell(slot, index, answer, word, after: latency, at: now, random: random, mayRetry: mayRetry)
        }
        if slots[slot]?.isWoken == true { slots[slot]?.hurry(at: now) }
        tidy(slot, at: now)
        dispatch(job.asker.lane, at: now)
    }

    /// Learns how long the endpoint's jobs take. Of those who waited, the one who knows the job's age knows best.
    private mutating func learn(from job: WatchedJob, at now: Duration) {
        let completions = job.entries.compactMap { $0.wait.completion(at: now) }
        guard let completion = completions.max(by: { $0.firstDone < $1.firstDone }) else { return }
        durations[job.asker.name, default: JobDurations()].learn(completion)
    }

    /// Notes what an answer says of the provider, and returns whether a failed request may be repeated soon.
    private mutating func note(
        _ answer: EndpointAsker.Answer,
        to flight: Flight,
        of job: WatchedJob,
        after latency: Duration,
        at now: Duration
    ) -> Bool {
        let lane = flight.asker.lane
        lanes[lane].finish()
        func record(_ kind: FetchEvent.Kind) { effects.append(.record(kind, flight.asker, id: flight.id)) }
        switch answer {
        case .success(.pending(let progress)):
            record(.pending(progress, latency: latency))
        case .success(let state):
            let gap = job.lastPending.map { (now - $0) / 2 }
            record(.detected(isSuccess: state.isSuccess, latency: latency, undetected: gap))
        case .failure(let error):
            record(.failed(error.about(endpoint: flight.asker.name, id: flight.id), latency: latency))
            if let pause = lanes[lane].note(error, at: now, longestPause: flight.longestPause) {
                record(.throttled(pause: pause))
            }
            return lanes[lane].mayRetry(error)
        }
        lanes[lane].noteAnswer()
        return true
    }

    private mutating func tell(
        _ slot: JobSlot,
        _ index: Int,
        _ answer: EndpointAsker.Answer,
        _ word: LastWord,
        after latency: Duration,
        at now: Duration,
        random: Double,
        mayRetry: Bool
    ) {
        guard
            let job = slots[slot],
            let news = slots[slot]?.entries[index].wait.note(
                answer,
                word,
                after: latency,
                at: now,
                random: random,
                mayRetry: mayRetry,
                knowing: durations[job.asker.name]
            )
        else { return }
        let waiter = job.entries[index].waiter
        var isOver = false
        switch news {
        case .error: isOver = true
        case .update(let update) where update.state.isTerminal: isOver = true
        case .update:
            slots[slot]?.entries[index].isAwaited = waiter.waitsForEnd
            guard waiter.waitsForEnd else { break }
            // Who waits for the end isn't told of the way; but where no request follows, this is the end.
            guard let wait = slots[slot]?.entries[index].wait, wait.due == nil else { return }
            slots[slot]?.entries.remove(at: index)
            return tell(waiter, .error(wait.deadlineExceeded), of: slot)
        case .retry: break
        }
        tell(waiter, news, of: slot)
        if isOver { slots[slot]?.entries.remove(at: index) }
    }
}

extension FetchState {
    fileprivate var isSuccess: Bool {
        if case .succeeded = self { true } else { false }
    }
}
