import FetchDataStructures

/// The plans of a job's subscriptions, which take a response into account, and the events that follow.
///
/// A request has copies of the plans, and the state machine takes them back when ``decide(after:)`` was called: a plan
/// calls the schedule of its policy, which may be an application's own, and that must not be done while the scheduler's
/// lock is held. While a request is in flight, nothing else changes a plan.
struct PlanUpdates: Sendable {
    /// A subscription's plan, and the event that follows from the response, if one does.
    struct Update: Sendable {
        let number: UInt32
        let waitsForEnd: Bool
        var plan: PollPlan
        var event: PollEvent?
    }

    /// In the order of the subscriptions.
    var updates = SmallArray<Update>()

    /// The number of plans that have taken the response into account.
    private var decided = 0

    /// Copies the plans of all subscriptions.
    init(_ subscriptions: SmallArray<Subscription>) { _ = addNewcomers(of: subscriptions) }

    /// Copies the plans of the subscriptions that have come since the last call; false if there are none.
    mutating func addNewcomers(of subscriptions: SmallArray<Subscription>) -> Bool {
        var first = subscriptions.count
        while first > 0, updates.last.map({ $0.number < subscriptions[first - 1].number }) ?? true { first -= 1 }
        for index in first..<subscriptions.count {
            let subscription = subscriptions[index]
            updates.append(
                Update(
                    number: subscription.number,
                    waitsForEnd: subscription.subscriber.waitsForEnd,
                    plan: subscription.plan,
                    event: nil
                )
            )
        }
        return first < subscriptions.count
    }

    /// Has each plan that hasn't done so take the response into account.
    mutating func decide(after response: PollResponse) {
        while decided < updates.count {
            let reportsProgress = !updates[decided].waitsForEnd
            updates[decided].event = updates[decided].plan.receive(response, reportsProgress: reportsProgress)
            decided += 1
        }
    }
}
