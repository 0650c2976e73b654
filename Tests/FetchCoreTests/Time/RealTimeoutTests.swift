import FetchCore
import Synchronization
import Testing

/// All requests of a real clock share one timer.
@Suite struct `A timeout on the continuous clock` {
    private let clock = ContinuousClock()

    /// Returns when the task is cancelled.
    private static func waitInVain() async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }

    @Test(.timeLimit(.minutes(1)), arguments: [Duration.nanoseconds(1), .milliseconds(1), .milliseconds(3)])
    func `cancels what takes too long`(timeout: Duration) async throws {
        let wasCancelled = Mutex(false)
        let result = try await withTimeout(timeout, clock: clock) {
            await Self.waitInVain()
            wasCancelled.withLock { $0 = Task.isCancelled }
            return true
        }
        #expect(result == nil)
        #expect(wasCancelled.withLock { $0 })
    }

    @Test(.timeLimit(.minutes(1)), arguments: [Duration.seconds(3_600), .seconds(Int64.max)])
    func `doesn't keep anybody waiting who is done`(timeout: Duration) async throws {
        #expect(try await withTimeout(timeout, clock: clock) { "at once" } == "at once")
        let later = try await withTimeout(timeout, clock: clock) {
            await Task.yield()
            return "later"
        }
        #expect(later == "later")
    }

    @Test(.timeLimit(.minutes(1))) func `ends many at once, each for itself`() async throws {
        let clock = clock
        let results = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await withTimeout(number.isMultiple(of: 2) ? .milliseconds(1) : .seconds(3_600), clock: clock) {
                        if number.isMultiple(of: 2) { await Self.waitInVain() } else { await Task.yield() }
                        return number
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.compactMap { $0 }.sorted() == Array(stride(from: 1, to: 200, by: 2)))
    }

    @Test(.timeLimit(.minutes(1))) func `passes an error on, at once or later`() async throws {
        for yields in [0, 1] {
            await #expect(throws: Refusal.self) {
                try await withTimeout(.seconds(3_600), clock: clock) {
                    for _ in 0..<yields { await Task.yield() }
                    throw Refusal()
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `hands a cancellation on`() async {
        let clock = clock
        let task = Task {
            try await withTimeout(.seconds(3_600), clock: clock) {
                await Self.waitInVain()
                try Task.checkCancellation()
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    private struct Refusal: Error {}
}
