/// How patient a wait is.
///
/// Every value is usable: what makes no sense is brought to what does, so that a policy read from a configuration can't
/// trap, spin or sleep forever. In particular no gap is shorter than 10 ms, and a floor above the ceiling counts as
/// both.
public struct PollingPolicy: Sendable {
    /// How long a wait may take in all, requests included. Ten minutes unless stated.
    ///
    /// The last request is made just before, so early that its answer can still arrive: twice the slowest answer so far,
    /// at least a tenth of a second, at most a tenth of the deadline. Should it be answered sooner, one more is made.
    public var deadline: Duration

    /// How long one request may take. Thirty seconds unless stated.
    public var requestTimeout: Duration

    /// The shortest gap between an answer and the next request, whatever a hint says. One second unless stated.
    ///
    /// Only the last request before the deadline may come sooner.
    public var minimumGap: Duration

    /// The longest gap between an answer and the next request, whatever a hint says. One minute unless stated.
    public var maximumGap: Duration

    /// How many transient errors in a row a wait survives; one more ends it with that error. Twenty unless stated,
    /// which is an outage of some minutes. An answer about the job starts the count anew. Being asked to slow down
    /// (429) doesn't count, since it says that the server is well.
    public var toleratedErrors: Int

    /// How long "not found" is taken for "not found yet": after the submission, and after the job was last heard of.
    /// Ninety seconds unless stated.
    ///
    /// Some services don't know a job yet that they have just accepted, and lose one now and then for a moment.
    public var notFoundGrace: Duration

    /// When to ask again where the server gives no hint.
    public var schedule: any PollingSchedule

    /// Creates a policy.
    public init(
        deadline: Duration = .seconds(600),
        requestTimeout: Duration = .seconds(30),
        minimumGap: Duration = .seconds(1),
        maximumGap: Duration = .seconds(60),
        toleratedErrors: Int = 20,
        notFoundGrace: Duration = .seconds(90),
        schedule: any PollingSchedule = .leastCost
    ) {
        self.deadline = deadline
        self.requestTimeout = requestTimeout
        self.minimumGap = minimumGap
        self.maximumGap = maximumGap
        self.toleratedErrors = toleratedErrors
        self.notFoundGrace = notFoundGrace
        self.schedule = schedule
    }
}
