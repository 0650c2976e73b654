// When it is its turn.
extension WatchedJob {
    /// What a timer means that rings.
    enum Ring {
        /// Nothing any more.
        case void
        case due
        case deadline
    }

    func ring(_ timer: UInt32) -> Ring {
        guard timer == self.timer else { return .void }
        return isScheduled ? .due : .deadline
    }

    /// What a job does that isn't being asked about.
    enum Rest {
        /// What it did before, or nothing.
        case unchanged
        case due
        case scheduled(at: Duration)
    }

    /// Sees when it is due, unless it stands in line or is being asked about.
    mutating func rest(at now: Duration) -> Rest {
        guard isAtRest else { return .unchanged }
        guard let due else {
            setAside()
            return .unchanged
        }
        guard due > now else { return .due }
        phase = .scheduled
        return .scheduled(at: due)
    }

    /// Puts it into its provider's line. Returns which one that is, and since when it is due.
    mutating func lineUp(at now: Duration) -> (lane: Int, due: Duration) {
        phase = .ready(since: InNanoseconds(wrappedValue: now))
        return (asker.lane, due ?? now)
    }

    /// What becomes of the first in a line.
    enum Turn {
        case wanted
        /// It isn't in the line any more.
        case gone
        /// Somebody's time was over while it stood in the line.
        case expired
        /// Who wanted it has left, and the others want it later, or don't look forward to it.
        case later
        /// Nobody who looks forward to it can take an outcome. Whoever can first has it back.
        case held(due: Duration, for: [any JobWaiter])
    }

    mutating func turn(at now: Duration) -> Turn {
        guard isReady else { return .gone }
        if let deadline = firstDeadline, deadline <= now { return .expired }
        guard let due, due <= now else {
            phase = .idle
            return .later
        }
        guard !entries.contains(where: { $0.isAwaited && !$0.waiter.isFull }) else { return .wanted }
        setAside()
        return .held(due: due, for: entries.filter(\.isAwaited).map(\.waiter))
    }

    /// Begins the request that those who wait want to be made now.
    ///
    /// - Returns: The request, and when somebody gives up before it does.
    mutating func begin(
        _ slot: JobSlot,
        number: UInt32,
        by worker: Worker,
        at now: Duration
    ) -> (Flight, deadline: Duration?) {
        let flight = Flight(
            job: slot,
            number: number,
            worker: worker,
            asker: asker,
            id: id,
            timeout: timeout(at: now),
            longestPause: entries.least(\.wait.maximumGap) ?? .zero
        )
        noteStart(of: flight, at: now)
        let deadline = firstDeadline
        return (flight, deadline.flatMap { $0 < now + flight.timeout ? $0 : nil })
    }

    /// How long a request may take that is made now.
    private func timeout(at now: Duration) -> Duration {
        let since = busySince
        return .zero
            - (entries.least { $0.isAwaited ? .zero - $0.wait.timeout(at: now, wantedSince: since) : nil } ?? .zero)
    }
}
