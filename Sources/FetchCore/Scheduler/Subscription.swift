import FetchDataStructures

/// A subscriber's subscription to a job.
struct Subscription: Sendable {
    let subscriber: any Subscriber
    var plan: PollPlan

    /// The number of the subscription among those of its job, in the order in which they came.
    let number: UInt32

    /// True if the subscriber wants the next state. A job of which no subscriber wants it isn't polled.
    var wantsNext: Bool
}

extension SmallArray<Subscription> {
    /// Returns the index of the subscription with a number, in logarithmic time; `nil` if there is none.
    func index(of number: UInt32) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].number == number { return middle }
            if self[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}
