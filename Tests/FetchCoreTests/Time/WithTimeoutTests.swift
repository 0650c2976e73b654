import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite struct `An operation with a timeout` {
    private let clock = VirtualClock()

    /// Runs an operation of a length with a timeout, on the clock.
    private func run(_ length: Duration, within timeout: Duration) async throws -> String? {
        let clock = clock
        return try await clock.run {
            try await withTimeout(timeout, clock: clock) {
                try await clock.sleep(for: length)
                return "done"
            }
        }
    }

    @Test func `returns its result, and doesn't wait for the rest of the time`() async throws {
        #expect(try await run(.seconds(3), within: .seconds(10)) == "done")
        #expect(clock.elapsed == .seconds(3))
    }

    @Test func `is nil where it takes too long, when the time is over`() async throws {
        #expect(try await run(.seconds(30), within: .seconds(10)) == nil)
        #expect(clock.elapsed == .seconds(10))
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(Int64.min)])
    func `isn't begun where there is no time`(timeout: Duration) async throws {
        let clock = clock
        let result = try await clock.run {
            try await withTimeout(timeout, clock: clock) { () -> Bool in
                Issue.record("It was begun.")
                return true
            }
        }
        #expect(result == nil)
    }

    @Test func `is cancelled where it takes too long`() async throws {
        let clock = clock
        let wasCancelled = Mutex(false)
        _ = try await clock.run {
            try await withTimeout(.seconds(1), clock: clock) {
                do { try await clock.sleep(for: .seconds(9)) } catch { wasCancelled.withLock { $0 = true } }
            }
        }
        #expect(wasCancelled.withLock { $0 })
    }

    @Test func `passes its error on`() async throws {
        let clock = clock
        await #expect(throws: URLError.self) {
            try await clock.run {
                try await withTimeout(.seconds(1), clock: clock) { throw URLError(.badURL) }
            }
        }
    }

    @Test func `ends at once when its task is cancelled`() async throws {
        let clock = clock
        await clock.run {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await withTimeout(.seconds(20), clock: clock) { try await clock.sleep(for: .seconds(30)) }
                    }
                }
                try? await clock.sleep(for: .seconds(2))
                group.cancelAll()
            }
        }
        #expect(clock.elapsed == .seconds(2))
    }
}
