#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import FetchCore

/// A clock on which an hour of polling takes no time.
///
/// Code inside ``run(_:)`` runs on an executor of the clock's own. Whenever nothing is left to run there, everybody waits,
/// and the clock moves to the moment for which the first of them waits. So nothing depends on how fast the machine is, no
/// test has to say when to advance, and two runs take the same course.
///
/// ```swift
/// let clock = VirtualClock()
/// let client = FetchClient(transport: transport, credentials: .none, clock: clock, wallClock: clock.wallClock)
/// let text = try await clock.run {
///     try await client.result(OpenTranscript(), id: "a1b2")
/// }
/// #expect(clock.elapsed == .zero)
/// ```
///
/// The clock sees child tasks, task groups and actors that run inside ``run(_:)``. It doesn't see what happens elsewhere:
/// a detached or unstructured task, a thread, a socket. While something inside waits for such a thing, the clock believes
/// that nothing is left to do, and moves on. Use it with a ``ScriptedTransport`` or a simulated service, not with a
/// real connection.
public final class VirtualClock: Clock {
    /// A moment on a ``VirtualClock``.
    public struct Instant: InstantProtocol {
        /// The time since the clock was created.
        public let offset: Duration

        /// The moment that is this much later.
        public func advanced(by duration: Duration) -> Self { Self(offset: offset + duration) }

        /// The time from this moment to another one.
        public func duration(to other: Self) -> Duration { other.offset - offset }

        /// Whether one moment is earlier than another.
        public static func < (one: Self, other: Self) -> Bool { one.offset < other.offset }
    }

    fileprivate let executor = VirtualExecutor()
    private let epoch: Date

    /// Creates a clock.
    ///
    /// - Parameter epoch: The date at which it begins.
    public init(epoch: Date = Date(timeIntervalSince1970: 1_700_000_000)) {
        self.epoch = epoch
    }

    /// The moment at which the clock stands.
    public var now: Instant { Instant(offset: elapsed) }

    /// The smallest difference between two moments.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// The time that has passed on the clock.
    public var elapsed: Duration { executor.now }

    /// The date at which the clock stands.
    public var date: Date { epoch.addingTimeInterval(elapsed.seconds) }

    /// The dates of this clock, in the form in which a client takes them.
    public var wallClock: @Sendable () -> Date { { self.date } }

    /// Waits until the clock has moved to a moment; not at all where it is past.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await executor.sleep(until: deadline.offset)
    }

    /// Runs an operation in virtual time.
    public func run<Value: Sendable>(
        _ operation: @escaping @Sendable @concurrent () async throws -> Value
    ) async rethrows -> Value {
        try await withTaskExecutorPreference(executor, operation: operation)
    }
}

extension VirtualClock: ExecutorClock {
    package var taskExecutor: any TaskExecutor { executor }
}
