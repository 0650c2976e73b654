import FetchDataStructures

/// The queues of all providers and accounts. They have numbers, so that a request needs no look-up of a name.
///
/// The queue of an account is dropped when no endpoint handle uses it any more, as soon as nothing that the provider
/// said applies any more: when its pause is over, and a request could begin at once.
struct ProviderQueues {
    /// The key of a queue. A provider limits each account by itself.
    struct ID: Hashable {
        /// The account. `nil` for the client's own.
        let account: AccountID?
        let provider: ProviderID
    }

    /// A queue in its place. A reference, so that a place that isn't in use takes no memory: after many accounts, those
    /// that are left may be in the last places.
    private final class Entry {
        /// `nil` if the number isn't in use.
        let id: ID?
        var queue: ProviderQueue
        /// The number of endpoint handles that use the queue.
        var leases = 0
        /// The number of jobs, those that aren't in the queue included.
        var jobs = 0

        init(_ id: ID, _ queue: ProviderQueue) {
            self.id = id
            self.queue = queue
        }

        /// The entry of all numbers that aren't in use.
        init() {
            id = nil
            queue = ProviderQueue(provider: "", limits: FetchLimits())
        }

        /// True if the queue may be dropped.
        var isAccountQueue: Bool { id?.account != nil }
    }

    /// The time at which a queue without leases may be dropped.
    private struct Retirement: Comparable {
        @InNanoseconds private(set) var time: Duration
        let queue: Int

        static func < (one: Self, other: Self) -> Bool { one._time < other._time }
    }

    /// The number of idle queues from which on it is worthwhile to look for unused endpoint handles.
    private static let minimumIdle = 32

    private var entries: [Entry] = []
    private let unused = Entry()
    private var numbers: [ID: Int] = [:]
    /// Where the search for a free number goes on.
    private var searchStart = 0
    private var retirements = Heap<Retirement>()

    /// The number of queues of accounts other than the client's own.
    private(set) var accountQueues = 0

    /// The number of those that have jobs.
    private var busyQueues = 0
    private var idleLimit = Self.minimumIdle
    @InNanoseconds private var nextSearch: Duration = .zero

    /// The numbers of all queues.
    var all: some Collection<Int> { numbers.values }

    /// Returns true if many queues of accounts have no jobs, so that it is worthwhile to look for unused endpoint
    /// handles.
    func hasManyIdle(at now: Duration) -> Bool {
        let idle = accountQueues - busyQueues
        return idle > max(Self.minimumIdle, busyQueues) && (idle > idleLimit || now >= nextSearch)
    }

    /// The queue of a number that is in use.
    subscript(number: Int) -> ProviderQueue {
        // A getter would copy the queue.
        _read { yield entries[number].queue }
        _modify { yield &entries[number].queue }
    }

    /// Returns the number of a queue; `nil` if there is none.
    func number(of id: ID) -> Int? { numbers[id] }

    /// Returns true if a number is in use. That of a dropped queue may be in use for another one.
    func contains(_ number: Int) -> Bool { number < entries.count && entries[number].id != nil }
}

// Jobs.
extension ProviderQueues {
    /// Notes that a job was added.
    mutating func noteJob(of number: Int) {
        entries[number].jobs += 1
        if entries[number].jobs == 1, entries[number].isAccountQueue { busyQueues += 1 }
    }

    /// Notes that a job was removed.
    mutating func noteRemovedJob(of number: Int) {
        entries[number].jobs -= 1
        if entries[number].jobs == 0, entries[number].isAccountQueue { busyQueues -= 1 }
    }
}

// Queues that begin and end.
extension ProviderQueues {
    /// Returns the number of a queue, which is created if there is none.
    mutating func number(of id: ID, limits: @autoclosure () -> FetchLimits) -> Int {
        if let number = numbers[id] { return number }
        let entry = Entry(id, ProviderQueue(provider: id.provider, limits: limits()))
        if entry.isAccountQueue { accountQueues += 1 }
        let number = add(entry)
        numbers[id] = number
        return number
    }

    private mutating func add(_ entry: Entry) -> Int {
        // A list of the free numbers would take as much memory as their entries. While half of them are free, a round
        // of searches, each of which goes on where the last one has ended, takes two steps for each number.
        guard !entries.isEmpty, 2 * numbers.count <= entries.count else {
            entries.append(entry)
            return entries.count - 1
        }
        repeat { searchStart = (searchStart + 1) % entries.count } while contains(searchStart)
        entries[searchStart] = entry
        return searchStart
    }

    /// Notes that an endpoint handle uses a queue.
    mutating func lease(_ number: Int) { entries[number].leases += 1 }

    /// Notes that leases have ended, and drops the queues that are idle.
    mutating func end(_ leases: [Int], at now: Duration) {
        for number in leases {
            entries[number].leases -= 1
            retire(number, at: now)
        }
        while let retirement = retirements.popFirst(where: { $0.time <= now }) { retire(retirement.queue, at: now) }
    }

    /// Drops a queue, now or when nothing that the provider said applies any more.
    mutating func retire(_ number: Int, at now: Duration) {
        guard contains(number), entries[number].isAccountQueue, entries[number].leases == 0 else { return }
        let end = entries[number].queue.memoryEnd
        if end > now { return retirements.insert(Retirement(time: end, queue: number)) }
        drop(number)
    }

    /// Notes that the unused endpoint handles were dropped.
    mutating func noteIdleDropped(at now: Duration) {
        // The others are in use, by callers or by requests that are ending. Looking for them again is worthwhile when
        // there are twice as many, or after a time in proportion to their number, as the search takes.
        let idle = accountQueues - busyQueues
        idleLimit = max(2 * idle, Self.minimumIdle)
        nextSearch = now + .milliseconds(max(idle, 1_000))
    }

    private mutating func drop(_ number: Int) {
        guard let id = entries[number].id else { return }
        numbers[id] = nil
        accountQueues -= 1
        entries[number] = unused
        while entries.last?.id == nil, !entries.isEmpty { entries.removeLast() }
        // Removing elements keeps the memory.
        if entries.capacity > 4 * max(entries.count, 64) { entries = Array(entries) }
        if numbers.capacity > 4 * max(numbers.count, 64) {
            numbers = Dictionary(uniqueKeysWithValues: numbers.map { ($0.key, $0.value) })
        }
    }
}
