import FetchCore
import FetchDownload
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Threads for files") struct FileThreadsTests {
    /// Counts the calls that are running at the same time.
    private final class Gate: Sendable {
        let running = Mutex(0)
    }

    @Test func `calls that block don't wait for each other, nor for Swift's own threads`() async throws {
        let gate = Gate()
        let count = 2 * ProcessInfo.processInfo.activeProcessorCount + 2
        let reached = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await FileThreads.run {
                        gate.running.withLock { $0 += 1 }
                        // Blocks its thread until all calls have begun.
                        let end = ContinuousClock.now + .seconds(60)
                        while gate.running.withLock({ $0 }) < count, ContinuousClock.now < end { usleep(1_000) }
                        return gate.running.withLock { $0 } == count
                    }
                }
            }
            return try await group.reduce(into: true) { $0 = $0 && $1 }
        }
        #expect(reached)
    }

    @Test func `an error of the function is thrown`() async {
        let error = await #expect(throws: FetchError.self) {
            try await FileThreads.run { () throws(FetchError) -> Int in throw FetchError(.storageFull, "full") }
        }
        #expect(error?.code == .storageFull)
    }
}
