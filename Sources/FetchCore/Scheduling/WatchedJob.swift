/// A job that somebody waits for.
struct WatchedJob {
    struct Entry {
        let number: UInt32
        let waiter: any JobWaiter
        var wait: Wait
        /// Whether somebody looks forward to the next state. A job that nobody looks forward to isn't asked about.
        var isAwaited: Bool
    }

    enum Phase {
        /// Nobody looks forward to its next state, or it is held.
        case idle
        /// It is due later.
        case scheduled
        /// It is due, and stands in its provider's line.
        case ready(since: InNanoseconds)
        /// It is being asked about.
        case inFlight(number: UInt32, Worker?)
    }

    let asker: EndpointAsker
    let id: String
    var entries: WaitEntries
    var phase = Phase.idle
    /// The number of the timer that counts, if one does; zero counts for none.
    var timer: UInt32 = 0
    /// When it was asked about last.
    @InNanosecondsOrNil private(set) var lastRequest: Duration?
    /// Whether it was woken since it was asked about.
    var isWoken = false
    /// When it was asked about and found pending.
    @InNanosecondsOrNil private(set) var lastPending: Duration?

    init(asker: EndpointAsker, id: String, _ entries: WaitEntries) {
        self.asker = asker
        self.id = id
        self.entries = entries
    }

    /// A hash of what tells it from other jobs.
    var hash: Int { Self.hash(asker, id) }

    static func hash(_ asker: EndpointAsker, _ id: String) -> Int {
        var hasher = Hasher()
        hasher.combine(ObjectIdentifier(asker))
        hasher.combine(id)
        return hasher.finalize()
    }

    var reference: JobReference { asker.job(id) }

    /// When somebody wants it to be asked about.
    var due: Duration? { entries.least { $0.isAwaited ? $0.wait.due : nil } }

    /// When the first of those who wait gives up, while it stands in line or is being asked about.
    var firstDeadline: Duration? {
        let since = busySince
        return entries.least { $0.isAwaited ? $0.wait.deadline(asOf: since) : nil }
    }

    /// Takes out those who give up while it stands in line or is being asked about.
    mutating func removeExpired(at now: Duration) -> [Entry] {
        let since = busySince
        var expired: [Entry] = []
        entries.removeAll { entry in
            guard entry.wait.deadline(asOf: since) <= now else { return false }
            expired.append(entry)
            return true
        }
        return expired
    }

    /// Since when it stands in line or is being asked about.
    var busySince: Duration {
        switch phase {
        case .ready(let since): since.wrappedValue
        case .inFlight: lastRequest ?? .zero
        case .idle, .scheduled: .zero
        }
    }

    /// Has no timer of it count, and nothing ask about it, until somebody looks forward to it again.
    mutating func setAside() {
        phase = .idle
        timer = 0
    }

    /// Whether this request is the one that is on its way.
    func awaits(_ flight: Flight) -> Bool {
        if case .inFlight(flight.number, _) = phase { true } else { false }
    }

    /// Whether nothing is to ask about it, or it is held.
    var isIdle: Bool {
        if case .idle = phase { true } else { false }
    }

    /// Whether it stands in its provider's line.
    var isReady: Bool {
        if case .ready = phase { true } else { false }
    }

    /// Whether it is due later.
    var isScheduled: Bool {
        if case .scheduled = phase { true } else { false }
    }

    /// Whether it waits for a moment, and not for a place in the line or an answer.
    var isAtRest: Bool {
        switch phase {
        case .idle, .scheduled: true
        case .ready, .inFlight: false
        }
    }

    /// Makes it due now, or as soon as its shortest gap is over.
    mutating func hurry(at now: Duration) {
        for index in entries.indices {
            let earliest = lastRequest.map { $0 + entries[index].wait.minimumGap } ?? now
            entries[index].wait.hurry(to: max(earliest, now))
        }
    }

    /// Notes that a request begins.
    mutating func noteStart(of flight: Flight, at now: Duration) {
        phase = .inFlight(number: flight.number, flight.worker)
        lastRequest = now
        isWoken = false
        timer = 0
    }

    /// Notes that the request has ended, and whether it found the job pending.
    mutating func noteEnd(isPending: Bool) {
        phase = .idle
        if isPending { lastPending = lastRequest }
    }
}
