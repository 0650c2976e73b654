#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension WebhookReceiver {
    /// The limits of a receiver.
    public struct Configuration: Sendable {
        /// The greatest size of a body in bytes. Defaults to 1 MiB.
        public var maximumBodySize = 1 << 20
        /// The time for which the id of a message is remembered. Defaults to ten minutes, the whole time in which a
        /// message with a tolerance of 300 seconds in both directions can be valid.
        public var replayLifetime: Duration = .seconds(600)
        /// The greatest number of messages that are remembered. Defaults to 100,000, about 10 MB. With more, the oldest
        /// ones are forgotten early, and a replay of one costs a poll.
        public var maximumReplays = 100_000
        /// The greatest number of hints that wait for the store. Defaults to 10,000.
        public var maximumHints = 10_000
        /// The greatest number of hints that the store receives at a time. Defaults to 8.
        public var concurrentHints = 8
        /// The clock for the pauses between attempts to reach the store. Only tests replace it.
        public var clock: any Clock<Duration> = ContinuousClock()
        /// Returns the current date. Only tests replace it.
        public var date: @Sendable () -> Date = { Date() }

        /// Creates the default limits.
        public init() {}
    }
}
