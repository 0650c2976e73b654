/// The queues in which jobs are parked for each subscriber, so that they are found without a search through all queues.
struct ParkingQueues {
    private var queues: [ObjectIdentifier: Set<Int>] = [:]

    /// Notes that a job is parked in a queue.
    mutating func insert(_ queue: Int, for subscriber: any Subscriber) {
        queues[ObjectIdentifier(subscriber), default: []].insert(queue)
    }

    /// Removes and returns the queues of a subscriber. Their jobs may have left since.
    mutating func remove(_ subscriber: any Subscriber) -> Set<Int> {
        queues.isEmpty ? [] : queues.removeValue(forKey: ObjectIdentifier(subscriber)) ?? []
    }
}
