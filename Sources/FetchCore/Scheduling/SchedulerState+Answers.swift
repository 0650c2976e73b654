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
        guard let landing = slots.update(slot, { $0.landing(of: flight, at: now) }) else { return }
        let mayRetry = note(answer, to: flight, landing, at: now)
        if case .success(.succeeded(let output)) = answer { learn(from: flight, output.outputDuration, at: now) }
        let heard = HeardAnswer(
            answer: answer,
            // A single fetch has no subscriber to keep the progress for.
            word: slots.update(slot, { $0.entries.isEmpty }) == true
                ? .none : lanes[flight.asker.lane].word(for: answer),
            latency: landing.latency,
            random: random,
            mayRetry: mayRetry,
            durations: records[flight.asker.record].durations
        )
        let messages = slots.update(slot) { $0.take(heard, at: now) } ?? []
        tell(messages, of: flight)
        tidy(slot, at: now)
        dispatch(flight.asker.lane, at: now)
    }

    private mutating func tell(_ messages: [WatchedJob.Message], of flight: Flight) {
        for (waiter, news) in messages {
            if news.isEnd { noLongerHold(flight.job, for: waiter) }
            tell(waiter, news, of: flight.reference)
        }
        if messages.contains(where: \.news.isRetry) { records[flight.asker.record].statistics.retries += 1 }
    }

    /// Learns how long the endpoint's jobs take.
    private mutating func learn(from flight: Flight, _ duration: Duration?, at now: Duration) {
        guard let completion = slots.update(flight.job, { $0.completion(at: now) }) else { return }
        records[flight.asker.record].learn(completion.knowing(duration))
    }

    /// Notes what an answer says of the provider, and returns whether a failed request may be repeated soon.
    private mutating func note(
        _ answer: EndpointAsker.Answer,
        to flight: Flight,
        _ landing: WatchedJob.Landing,
        at now: Duration
    ) -> Bool {
        let (lane, number) = (flight.asker.lane, flight.asker.record)
        let latency = landing.latency
        lanes[lane].finish()
        func tellObserver(_ kind: @autoclosure () -> FetchEvent.Kind) { record(kind(), flight.asker, flight.id) }
        switch answer {
        case .success(.pending(let progress)):
            records[number].statistics.pendingAnswers += 1
            tellObserver(.pending(progress, latency: latency))
        case .success(let state):
            let gap = landing.lastPending.map { (now - $0) / 2 }
            records[number].statistics.noteDetection(after: gap)
            tellObserver(.detected(isSuccess: state.isSuccess, latency: latency, undetected: gap))
        case .failure(let error):
            records[number].statistics.failures += 1
            tellObserver(.failed(error.about(endpoint: flight.asker.name, id: flight.id), latency: latency))
            if let pause = lanes[lane].note(error, at: now, longestPause: flight.longestPause) {
                records[number].statistics.throttles += 1
                tellObserver(.throttled(pause: pause))
            }
            return lanes[lane].mayRetry(error)
        }
        lanes[lane].noteAnswer()
        return true
    }
}

extension FetchState {
    fileprivate var isSuccess: Bool {
        if case .succeeded = self { true } else { false }
    }
}
