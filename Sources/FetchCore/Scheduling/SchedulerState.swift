/// All jobs that are waited for, and what is to be done about them next.
///
/// A value without tasks, clock or lock: it is told what happened and when, and notes what there is to do in ``effects``.
struct SchedulerState {
    /// What is to be done once the state is no longer locked.
    enum Effect: Sendable {
        case ask(Flight)
        case tell(any JobWaiter, Wait.News, JobReference)
        case cancel(Worker)
        case record(FetchEvent.Kind, EndpointAsker, id: String)
    }

    /// What is to be done about a provider at its time.
    enum LaneTimer {
        /// To try again to begin a request.
        case start(Int)
        /// To look for those in the line whose time is over.
        case look(Int)
    }

    var effects: [Effect] = []
    /// Whether anybody wants to know what happens.
    let isObserved: Bool
    /// Who is about to have nothing to do, and can make the next request.
    var freeWorker: Worker?
    var slots = SlotTable<WatchedJob>()
    private var index = SlotIndex()
    /// The places of jobs, by when each is due, or its time is over. A job knows the number of the timer that counts.
    var timers = TimerQueue<UInt32>()
    var laneTimers = TimerQueue<LaneTimer>()
    var lanes: [ProviderLane] = []
    var records: EndpointRecords
    /// The jobs of those who wait for many.
    var jobsOfMany: [ObjectIdentifier: JobsOfOne] = [:]
    private var nextNumber: UInt32 = 0
    private let limits: @Sendable (ProviderID) -> FetchLimits

    init(
        durations: [EndpointName: JobDurations],
        isObserved: Bool,
        limits: @escaping @Sendable (ProviderID) -> FetchLimits
    ) {
        records = EndpointRecords(knowing: durations)
        self.isObserved = isObserved
        self.limits = limits
    }

    /// When the state wants to be told the time.
    var nextTime: Duration? {
        guard !slots.isEmpty else { return nil }
        guard let job = timers.nextTime, let lane = laneTimers.nextTime else {
            return timers.nextTime ?? laneTimers.nextTime
        }
        return min(job, lane)
    }

    /// The slot of a job.
    func slot(of asker: EndpointAsker, _ id: String) -> JobSlot? {
        index.slot(hash: WatchedJob.hash(asker, id)) { slots[$0]?.asker === asker && slots[$0]?.id == id }
            .map(slots.slot)
    }

    /// Puts a job in, which must not be there yet.
    mutating func insert(_ job: WatchedJob) -> JobSlot {
        let slot = slots.insert(job)
        index.insert(slot.index, hash: job.hash)
        return slot
    }

    /// Takes a job out.
    mutating func remove(_ slot: JobSlot) {
        guard let hash = slots[slot]?.hash else { return }
        index.remove(slot.index, hash: hash)
        slots.remove(slot)
        if slots.isEmpty, !index.isSmall { index = SlotIndex() }
    }

    /// The lane of a provider.
    mutating func lane(of provider: ProviderID) -> Int {
        if let lane = lanes.firstIndex(where: { $0.provider == provider }) { return lane }
        lanes.append(ProviderLane(provider: provider, limits: limits(provider)))
        return lanes.count - 1
    }

    /// Notes something for the observer, if there is one.
    mutating func record(_ kind: @autoclosure () -> FetchEvent.Kind, _ asker: EndpointAsker, _ id: String) {
        if isObserved { effects.append(.record(kind(), asker, id: id)) }
    }

    mutating func newNumber() -> UInt32 {
        nextNumber &+= 1
        return nextNumber
    }
}
