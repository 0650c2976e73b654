import FetchDataStructures

/// The subscriptions of a job whose plans have to take a response into account.
///
/// The state machine gives them out, and takes them back when ``decide()`` was called: a plan calls the schedule of its
/// policy, which may be an application's own, and that must not be done while the scheduler's lock is held.
struct PlanUpdates: Sendable {
    /// A subscription's plan, and the event that follows from the response, if one does.
    struct Update: Sendable {
        let number: UInt32
        let waitsForEnd: Bool
        var plan: PollPlan
        var event: PollEvent?
    }

    let job: SlotKey
    let request: UInt32
    let response: PollResponse

    /// In the order of the subscriptions.
    var updates: [Update]

    /// The number of plans that have taken the response into account.
    private var decided = 0

    init(job: SlotKey, request: UInt32, response: PollResponse, updates: [Update]) {
        self.job = job
        self.request = request
        self.response = response
        self.updates = updates
    }

    /// Has each plan take the response into account.
    mutating func decide() {
        for index in decided..<updates.count {
            let reportsProgress = !updates[index].waitsForEnd
            updates[index].event = updates[index].plan.receive(response, reportsProgress: reportsProgress)
        }
        decided = updates.count
    }
}
