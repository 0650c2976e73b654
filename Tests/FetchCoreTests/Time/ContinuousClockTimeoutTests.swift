import FetchCore
import Testing

/// Tests with the continuous clock, where all requests share one timer.
@Suite("Timeouts on the continuous clock") struct ContinuousClockTimeoutTests {
    private let clock = ContinuousClock()

    /// Suspends until the task is cancelled.
    private static func suspendUntilCancelled() async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }

    @Test(.timeLimit(.minutes(1)), arguments: [Duration.nanoseconds(1), .milliseconds(1), .milliseconds(3)])
    func `a timeout cancels its operation`(timeout: Duration) async throws {
        let cancellations = AsyncStream.makeStream(of: Bool.self)
        let result = try await withTimeout(timeout, clock: clock) {
            await Self.suspendUntilCancelled()
            cancellations.continuation.yield(Task.isCancelled)
            return true
        }
        #expect(result == nil)
        for await wasCancelled in cancellations.stream {
            #expect(wasCancelled)
            break
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [Duration.seconds(3_600), .seconds(Int64.max)])
    func `an operation that ends in time returns its result at once`(timeout: Duration) async throws {
        #expect(try await withTimeout(timeout, clock: clock) { "at once" } == "at once")
        let later = try await withTimeout(timeout, clock: clock) {
            await Task.yield()
            return "later"
        }
        #expect(later == "later")
    }

    @Test(.timeLimit(.minutes(1))) func `concurrent timeouts are independent`() async throws {
        let clock = clock
        let results = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await withTimeout(number.isMultiple(of: 2) ? .milliseconds(1) : .seconds(3_600), clock: clock) {
                        if number.isMultiple(of: 2) { await Self.suspendUntilCancelled() } else { await Task.yield() }
                        return number
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.compactMap { $0 }.sorted() == Array(stride(from: 1, to: 200, by: 2)))
    }

    @Test(.timeLimit(.minutes(1))) func `an error of the operation is rethrown, with and without suspension`()
        async throws
    {
        for yields in [0, 1] {
            await #expect(throws: OperationError.self) {
                try await withTimeout(.seconds(3_600), clock: clock) {
                    for _ in 0..<yields { await Task.yield() }
                    throw OperationError()
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `cancellation reaches the operation`() async {
        let clock = clock
        let (starts, ends) = (AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self))
        let task = Task {
            try await withTimeout(.seconds(3_600), clock: clock) {
                starts.continuation.yield()
                await Self.suspendUntilCancelled()
                ends.continuation.yield()
            }
        }
        for await _ in starts.stream { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        for await _ in ends.stream { break }
    }

    private struct OperationError: Error {}
}
