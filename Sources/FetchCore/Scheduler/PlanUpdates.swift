import FetchDataStructures

/// The plans of a job's subscriptions, which take a response into account, and the events that follow.
///
/// A request has copies of the plans, and the state machine takes them back when ``decide(after:sharing:)`` was
/// called: a plan calls the schedule of its policy, which may be an application's own, and that must not be done while
/// the scheduler's lock is held. While a request is in flight, nothing else changes a plan.
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

    /// The result as the plans keep it, if the job is pending. `none` if there are no plans.
    private(set) var lastResult = LastResult.none

    /// True if a subscriber keeps the details of the progress.
    private var keepsDetails = false

    /// True if the last result has its details.
    private var hasDetails = false

    /// The number of plans that have taken the response into account.
    private var decided = 0

    /// Creates the updates of a request without subscriptions.
    init() {}

    /// Copies the plans of all subscriptions.
    init(of subscriptions: inout SmallArray<Subscription>) { _ = addNewcomers(of: &subscriptions) }

    /// Copies the plans of the subscriptions that have come since the last call; false if there are none.
    mutating func addNewcomers(of subscriptions: inout SmallArray<Subscription>) -> Bool {
        var first = subscriptions.count
        if let last = updates.isEmpty ? nil : updates.update(updates.count - 1, { $0.number }) {
            while first > 0, subscriptions.update(first - 1, { last < $0.number }) { first -= 1 }
        } else {
            first = 0
        }
        for index in first..<subscriptions.count {
            let update = subscriptions.update(index) { subscription in
                keepsDetails = keepsDetails || subscription.subscriber.keepsDetails
                return Update(
                    number: subscription.number,
                    waitsForEnd: subscription.subscriber.waitsForEnd,
                    plan: subscription.plan,
                    event: nil
                )
            }
            updates.append(update)
        }
        return first < subscriptions.count
    }

    /// Has each plan that hasn't done so take the response into account.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - other: The last progress of any job, whose memory an equal one shares.
    mutating func decide(after response: PollResponse, sharing other: LastResult) {
        if !updates.isEmpty, decided == 0 || keepsDetails != hasDetails {
            lastResult = LastResult(response, keepsDetails: keepsDetails, sharing: other)
            hasDetails = keepsDetails
        }
        let lastResult = lastResult
        while decided < updates.count {
            updates.update(decided) { update in
                update.event = update.plan.receive(response, lastResult, reportsProgress: !update.waitsForEnd)
            }
            decided += 1
        }
    }
}
