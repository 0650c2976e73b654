// What is heard of it.
extension WatchedJob {
    /// What is known of a request that was answered.
    struct Landing {
        /// How long the answer took.
        let latency: Duration
        /// When the job was last asked about and found pending, before this request.
        let lastPending: Duration?
    }

    /// What is known of a request, nil where it isn't the one that is waited for.
    func landing(of flight: Flight, at now: Duration) -> Landing? {
        guard awaits(flight) else { return nil }
        return Landing(latency: now - (lastRequest ?? now), lastPending: lastPending)
    }

    /// When the job was done, which was found just now; nil where not enough is known to learn from.
    ///
    /// Of those who wait, the one who knows the job's age knows best.
    func completion(at now: Duration) -> CompletedJob? {
        var best: CompletedJob?
        for index in entries.indices {
            guard let completion = entries[index].wait.completion(at: now) else { continue }
            if best.map({ $0.firstDone < completion.firstDone }) ?? true { best = completion }
        }
        return best
    }

    /// News for one of those who wait.
    typealias Message = (waiter: any JobWaiter, news: Wait.News)

    /// Takes the answer to the request that was made, and takes out the waits that end with it.
    ///
    /// - Returns: Who is told what.
    mutating func take(_ answer: HeardAnswer, at now: Duration) -> [Message] {
        noteEnd(isPending: answer.isPending)
        var messages: [Message] = []
        entries.removeAll { entry in
            guard let news = entry.take(answer, at: now) else { return false }
            messages.append((entry.waiter, news))
            return news.isEnd
        }
        if isWoken { hurry(at: now) }
        return messages
    }
}

extension WatchedJob.Entry {
    /// Notes an answer, and returns what the waiter is to be told.
    fileprivate mutating func take(_ answer: HeardAnswer, at now: Duration) -> Wait.News? {
        let news = wait.note(answer, at: now)
        guard case .update(let update) = news, !update.state.isTerminal else { return news }
        isAwaited = waiter.waitsForEnd
        guard isAwaited else { return news }
        // Who waits for the end isn't told of the way; but where no request follows, this is the end.
        return wait.due == nil ? .error(wait.deadlineExceeded) : nil
    }
}
