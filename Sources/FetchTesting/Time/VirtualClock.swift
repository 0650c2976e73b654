#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import FetchCore

/// A clock for tests on which delays take no real time.
///
/// Code inside ``run(_:)`` runs on the clock's own serial executor. As soon as all of its tasks are suspended, the
/// clock advances to the earliest pending sleep. The outcome doesn't depend on the speed of the machine, tests don't
/// advance the clock by hand, and repeated runs execute in the same order.
///
/// ```swift
/// let clock = VirtualClock()
/// let client = FetchClient(
///     transport: transport,
///     credentials: .none,
///     environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
/// )
/// let text = try await clock.run {
///     try await client.result(OpenTranscript(), id: "a1b2")
/// }
/// #expect(clock.elapsed == .zero)
/// ```
///
/// The clock tracks child tasks, task groups and actors that run inside ``run(_:)``. It doesn't track detached or
/// unstructured tasks, threads or sockets. While a task inside waits for one of those, the clock considers it suspended
/// and advances. Use the clock with a ``ScriptedTransport`` or a simulated service, not with a real connection.
public final class VirtualClock: Clock {
    /// An instant of a ``VirtualClock``.
    public struct Instant: InstantProtocol {
        /// The virtual time since the clock was created.
        public let offset: Duration

        /// Returns the instant that is later by a duration.
        public func advanced(by duration: Duration) -> Self { Self(offset: offset + duration) }

        /// Returns the duration from this instant to another one.
        public func duration(to other: Self) -> Duration { other.offset - offset }

        /// Returns true if the first instant is earlier than the second.
        public static func < (one: Self, other: Self) -> Bool { one.offset < other.offset }
    }

    fileprivate let executor = VirtualExecutor()
    private let epoch: Date

    /// Creates a clock that starts at the instant zero.
    ///
    /// - Parameter epoch: The date of the instant zero. Defaults to 14 November 2023, 22:13:20 UTC.
    public init(epoch: Date = Date(timeIntervalSince1970: 1_700_000_000)) {
        self.epoch = epoch
    }

    /// The current instant. It changes only when all tasks inside ``run(_:)`` are suspended.
    public var now: Instant { Instant(offset: elapsed) }

    /// The resolution of the clock, one nanosecond.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// The virtual time since the clock was created.
    public var elapsed: Duration { executor.now }

    /// The current date: the epoch plus the elapsed time.
    public var date: Date { epoch.addingTimeInterval(elapsed.seconds) }

    /// A closure that returns ``date``, for the parameter `wallClock` of a client.
    public var wallClock: @Sendable () -> Date { { self.date } }

    /// Suspends until the clock reaches the deadline. Returns immediately if the deadline has passed. The tolerance is
    /// ignored.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await executor.sleep(until: deadline.offset)
    }

    /// Runs an operation on the clock's executor and returns its result. Rethrows the operation's error.
    public func run<Value: Sendable>(
        _ operation: @escaping @Sendable @concurrent () async throws -> Value
    ) async rethrows -> Value {
        try await withTaskExecutorPreference(executor, operation: operation)
    }
}

extension VirtualClock: ExecutorClock {
    package var taskExecutor: any TaskExecutor { executor }
}
