import FetchCore
import Synchronization
import Testing

@Suite("Timer tolerance") struct TimerToleranceTests {
    @Test(arguments: [Duration.seconds(-1), .zero, .nanoseconds(1), .milliseconds(5), .seconds(10)])
    func `the tolerance of short gaps is 5 ms`(interval: Duration) {
        #expect(TimerTolerance.gap(of: interval) == .milliseconds(5))
    }

    @Test(arguments: [
        (Duration.milliseconds(10_001), Duration.microseconds(100_000)),
        (.seconds(60), .milliseconds(100)),
        (.seconds(Int64.max), .milliseconds(100)),
    ])
    func `the tolerance of long gaps is at most 100 ms`(interval: Duration, tolerance: Duration) {
        #expect(TimerTolerance.gap(of: interval) == tolerance)
    }

    @Test func `the tolerance of a timeout is 5 ms, whatever its length`() async throws {
        for timeout in [Duration.milliseconds(20), .seconds(3_600)] {
            let clock = RecordingClock()
            _ = try await withTimeout(timeout, clock: clock) {
                for await _ in AsyncStream<Never>.makeStream().stream {}
            }
            #expect(clock.tolerances == [.milliseconds(5)])
        }
    }

    @Test func `the tolerance of the shared timer is 5 ms`() async throws {
        let clock = RecordingClock()
        let timer = SharedTimer(clock)
        await withCheckedContinuation { continuation in
            _ = timer.schedule(after: .seconds(3_600)) { continuation.resume() }
        }
        #expect(clock.tolerances == [.milliseconds(5)])
    }

    @Test(arguments: [(Duration.seconds(2), Duration.milliseconds(5)), (.seconds(60), .milliseconds(100))])
    func `the tolerance on a timeline is that of the remaining gap`(gap: Duration, tolerance: Duration) async throws {
        let clock = RecordingClock()
        let timeline = Timeline(clock)
        try await timeline.sleep(until: gap)
        #expect(clock.tolerances == [tolerance])
        #expect(timeline.now == gap)
    }
}

/// A clock that jumps to the end of each sleep and records the tolerances.
private final class RecordingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Self { Self(offset: offset + duration) }

        func duration(to other: Self) -> Duration { other.offset - offset }

        static func < (lhs: Self, rhs: Self) -> Bool { lhs.offset < rhs.offset }
    }

    private let state = Mutex<(now: Instant, tolerances: [Duration?])>((Instant(offset: .zero), []))

    var tolerances: [Duration?] { state.withLock(\.tolerances) }

    var now: Instant { state.withLock(\.now) }

    let minimumResolution: Duration = .nanoseconds(1)

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        state.withLock { state in
            state.now = max(state.now, deadline)
            state.tolerances.append(tolerance)
        }
    }
}
