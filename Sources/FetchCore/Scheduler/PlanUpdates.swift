import FetchDataStructures

/// The subscriptions of a job whose plans have to take a response into account.
///
/// The state machine gives them out, and takes them back when ``decide()`` was called: a plan calls the schedule of its policy, which may
/// be an application's own, and that must not be done while the scheduler's lock is held.
struct PlanUpdates: Sendable {
    /// A subscription's plan, and the event that follows from the response once that is decided.
    struct Update: Sendable {
        let number: UInt32
        var plan: PollPlan
        var event: PollEvent?
    }

    let job: SlotKey
    let request: UInt32
    let response: PollResponse

    /// In the order of the subscriptions.
    var updates: [Update]

    /// Has each plan take the response into account.
    mutating func decide() {
        for index in updates.indices where updates[index].event == nil {
            updates[index].event = updates[index].plan.receive(response)
        }
    }
}
