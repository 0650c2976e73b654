import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Operations with a timeout") struct WithTimeoutTests {
    private let clock = VirtualClock()

    /// Runs an operation of a given duration on the virtual clock, with a timeout.
    private func run(_ duration: Duration, within timeout: Duration) async throws -> String? {
        let clock = clock
        return try await clock.run {
            try await withTimeout(timeout, clock: clock) {
                try await clock.sleep(for: duration)
                return "done"
            }
        }
    }

    @Test func `an operation returns its result before the timeout ends`() async throws {
        #expect(try await run(.seconds(3), within: .seconds(10)) == "done")
        #expect(clock.elapsed == .seconds(3))
    }

    @Test func `an operation that takes too long gives nil at the timeout`() async throws {
        #expect(try await run(.seconds(30), within: .seconds(10)) == nil)
        #expect(clock.elapsed == .seconds(10))
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(Int64.min)])
    func `an operation is not started with a timeout of zero or less`(timeout: Duration) async throws {
        let clock = clock
        let result = try await clock.run {
            try await withTimeout(timeout, clock: clock) { () -> Bool in
                Issue.record("The operation was started.")
                return true
            }
        }
        #expect(result == nil)
    }

    @Test func `an operation that takes too long is cancelled`() async throws {
        let clock = clock
        let cancellations = AsyncStream.makeStream(of: Void.self)
        let unreturned = UnreturnedCalls()
        _ = try await clock.run {
            try await withTimeout(.seconds(1), clock: clock, unreturned: unreturned) {
                do { try await clock.sleep(for: .seconds(9)) } catch { cancellations.continuation.yield() }
            }
        }
        for await _ in cancellations.stream { break }
        #expect(await Eventually.holds { unreturned.count == 0 })
    }

    @Test func `an operation that ignores its cancellation is left behind and counted`() async throws {
        let (clock, calls, unreturned) = (clock, UnendingCalls(), UnreturnedCalls())
        let result = try await clock.run {
            try await withTimeout(.seconds(1), clock: clock, unreturned: unreturned) { () -> Bool in
                await calls.call()
                return true
            }
        }
        #expect(result == nil)
        #expect(clock.elapsed == .seconds(1))
        #expect(unreturned.count == 1)
        calls.returnAll()
        #expect(await Eventually.holds { unreturned.count == 0 })
    }

    @Test func `an error of the operation is rethrown`() async throws {
        let clock = clock
        await #expect(throws: URLError.self) {
            try await clock.run {
                try await withTimeout(.seconds(1), clock: clock) { throw URLError(.badURL) }
            }
        }
    }

    @Test func `an operation ends at once when its task is cancelled`() async throws {
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
