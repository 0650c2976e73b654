// What was heard.
extension SchedulerState {
    /// Notes that a request was given up by whoever made it. Those who wait for the job besides have it made again.
    mutating func giveUp(_ flight: Flight, at now: Duration) {
        guard slots[flight.job]?.awaits(flight) == true else { return }
        lanes[flight.asker.lane].finish()
        slots[flight.job]?.phase = .idle
        tidy(flight.job, at: now)
        dispatch(flight.asker.lane, at: now)
    }

    /// Notes the answer to a request, tells it to all who wait, and sees when to ask next.
    ///
    /// - Parameter random: A number from 0 to 1, for the jitter.
    mutating func finish(_ flight: Flight, _ answer: EndpointAsker.Answer, at now: Duration, random: Double) {
        let slot = flight.job
        guard slots[slot]?.awaits(flight) == true else { return }
        let latency = now - (slots[slot]?.lastRequest ?? now)
        let mayRetry = note(answer, to: flight, after: latency, at: now)
        if case .success(.succeeded(let output)) = answer { learn(from: flight, output.jobDuration, at: now) }
        slots[slot]?.phase = .idle
        var word = LastWord.none
        if case .success(.pending(let progress)) = answer {
            word = lanes[flight.asker.lane].word(for: progress)
            slots[slot]?.notePending()
        }
        let known = durations[flight.asker.name]
        var isRetried = false
        var index = 0
        while index < slots[slot]?.entries.count ?? 0 {
            let news = slots[slot]?.entries[index].wait.note(
                answer,
                word,
                after: latency,
                at: now,
                random: random,
                mayRetry: mayRetry,
                knowing: known
            )
            guard let news else { break }
            if case .retry = news { isRetried = true }
            if tell(news, of: slot, to: index) { index += 1 }
        }
        if isRetried { tallies[flight.asker.tally].retries += 1 }
        if slots[slot]?.isWoken == true { slots[slot]?.hurry(at: now) }
        tidy(slot, at: now)
        dispatch(flight.asker.lane, at: now)
    }

    /// Learns how long the endpoint's jobs take. Of those who waited, the one who knows the job's age knows best.
    private mutating func learn(from flight: Flight, _ duration: Duration?, at now: Duration) {
        let completions = slots[flight.job]?.entries.compactMap { $0.wait.completion(at: now) }
        guard let completion = completions?.max(by: { $0.firstDone < $1.firstDone }) else { return }
        durations[flight.asker.name, default: JobDurations()].learn(completion.knowing(duration))
    }

    /// Notes what an answer says of the provider, and returns whether a failed request may be repeated soon.
    private mutating func note(
        _ answer: EndpointAsker.Answer,
        to flight: Flight,
        after latency: Duration,
        at now: Duration
    ) -> Bool {
        let (lane, tally) = (flight.asker.lane, flight.asker.tally)
        lanes[lane].finish()
        func record(_ kind: @autoclosure () -> FetchEvent.Kind) { self.record(kind(), flight.asker, flight.id) }
        switch answer {
        case .success(.pending(let progress)):
            tallies[tally].pendingAnswers += 1
            record(.pending(progress, latency: latency))
        case .success(let state):
            let gap = (slots[flight.job]?.lastPending).map { (now - $0) / 2 }
            tallies[tally].noteDetection(after: gap)
            record(.detected(isSuccess: state.isSuccess, latency: latency, undetected: gap))
        case .failure(let error):
            tallies[tally].failures += 1
            record(.failed(error.about(endpoint: flight.asker.name, id: flight.id), latency: latency))
            if let pause = lanes[lane].note(error, at: now, longestPause: flight.longestPause) {
                tallies[tally].slowDowns += 1
                record(.throttled(pause: pause))
            }
            return lanes[lane].mayRetry(error)
        }
        lanes[lane].noteAnswer()
        return true
    }

    /// Has one of those who wait told of an answer. Returns whether the wait goes on.
    private mutating func tell(_ news: Wait.News, of slot: JobSlot, to index: Int) -> Bool {
        guard let waiter = slots[slot]?.entries[index].waiter else { return false }
        switch news {
        case .retry:
            tell(waiter, news, of: slot)
            return true
        case .update(let update) where !update.state.isTerminal:
            slots[slot]?.entries[index].isAwaited = waiter.waitsForEnd
            guard waiter.waitsForEnd else {
                tell(waiter, news, of: slot)
                return true
            }
            // Who waits for the end isn't told of the way; but where no request follows, this is the end.
            guard let wait = slots[slot]?.entries[index].wait, wait.due == nil else { return true }
            tell(waiter, .error(wait.deadlineExceeded), of: slot)
        case .update, .error:
            tell(waiter, news, of: slot)
        }
        removeEntry(slot, index)
        return false
    }
}

extension FetchState {
    fileprivate var isSuccess: Bool {
        if case .succeeded = self { true } else { false }
    }
}
