import FetchCore
import Synchronization
import Testing

@Suite struct `The leeway of timers` {
    @Test(arguments: [Duration.seconds(-1), .zero, .nanoseconds(1), .milliseconds(5), .seconds(10)])
    func `is 5 ms for short gaps`(interval: Duration) {
        #expect(TimerTolerance.gap(of: interval) == .milliseconds(5))
    }

    @Test(arguments: [
        (Duration.milliseconds(10_001), Duration.microseconds(100_000)),
        (.seconds(60), .milliseconds(100)),
        (.seconds(Int64.max), .milliseconds(100)),
    ])
    func `is at most 100 ms for long ones`(interval: Duration, tolerance: Duration) {
        #expect(TimerTolerance.gap(of: interval) == tolerance)
    }

    @Test func `is 5 ms for a timeout, however long it is`() async throws {
        for timeout in [Duration.milliseconds(20), .seconds(3_600)] {
            let clock = NotingClock()
            _ = try await withTimeout(timeout, clock: clock) {
                for await _ in AsyncStream<Never>.makeStream().stream {}
            }
            #expect(clock.tolerances == [.milliseconds(5)])
        }
    }

    @Test func `is 5 ms for an alarm`() async throws {
        let clock = NotingClock()
        let alarm = Alarm(clock)
        await withCheckedContinuation { continuation in
            _ = alarm.ring(after: .seconds(3_600)) { continuation.resume() }
        }
        #expect(clock.tolerances == [.milliseconds(5)])
    }

    @Test(arguments: [(Duration.seconds(2), Duration.milliseconds(5)), (.seconds(60), .milliseconds(100))])
    func `is that of the rest of the gap on a timeline`(gap: Duration, tolerance: Duration) async throws {
        let clock = NotingClock()
        let timeline = Timeline(clock)
        try await timeline.sleep(until: gap)
        #expect(clock.tolerances == [tolerance])
        #expect(timeline.now == gap)
    }
}

/// Jumps to where a sleep ends, and notes the leeway that it was given.
private final class NotingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Self { Self(offset: offset + duration) }

        func duration(to other: Self) -> Duration { other.offset - offset }

        static func < (one: Self, other: Self) -> Bool { one.offset < other.offset }
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
