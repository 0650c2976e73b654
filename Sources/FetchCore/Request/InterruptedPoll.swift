/// A poll that has found its job done and has failed at a follow-up, so that the next poll of the job can go on there.
///
/// The responses before it aren't requested again: the closure of the follow-up has what it needs of them.
final class InterruptedPoll: Sendable {
    /// A ``FollowUp`` of the endpoint's output type, with a complete URL.
    ///
    /// Without its type: an optional of an application's type needs its metadata looked up for each poll.
    final class AnyFollowUp: Sendable {
        private let followUp: any Sendable

        init(_ followUp: some Sendable) { self.followUp = followUp }

        /// Returns the follow-up with its type.
        func typed<Output>() -> FollowUp<Output>? { followUp as? FollowUp<Output> }
    }

    /// The follow-up that failed.
    let followUp: AnyFollowUp

    let position: PollPosition

    init(at followUp: AnyFollowUp, _ position: PollPosition) {
        self.followUp = followUp
        self.position = position
    }

    /// Returns true if the poll has gone on at another one and has got to a later follow-up.
    func isFurther(than other: InterruptedPoll?) -> Bool {
        other.map { position.followUp > $0.position.followUp } ?? false
    }

    /// The memory that it takes, approximately, in bytes.
    var byteCount: Int { 1_024 + position.byteCount }
}
