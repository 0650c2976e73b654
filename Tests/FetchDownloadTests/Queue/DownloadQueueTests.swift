import FetchDownload
import Foundation
import Testing

@Suite("The queue of downloads") struct DownloadQueueTests {
    @Test func `at most so many downloads run for each host and in all`() {
        var slots = DownloadSlots(limit: 3, limitPerHost: 2)
        #expect(slots.request("a", expiringAt: nil) == nil)
        #expect(slots.request("a", expiringAt: nil) == nil)
        let third = slots.request("a", expiringAt: nil)
        #expect(third != nil)
        #expect(slots.request("b", expiringAt: nil) == nil)
        let fourth = slots.request("b", expiringAt: nil)
        #expect(fourth != nil)
        #expect(slots.release("a") == third)
        #expect(slots.release("b") == fourth)
    }

    @Test func `the download whose link dies first comes first`() {
        var slots = DownloadSlots(limit: 1, limitPerHost: 1)
        #expect(slots.request("a", expiringAt: nil) == nil)
        let never = slots.request("a", expiringAt: nil)
        let late = slots.request("a", expiringAt: Date(timeIntervalSince1970: 2_000))
        let soon = slots.request("b", expiringAt: Date(timeIntervalSince1970: 1_000))
        #expect(slots.release("a") == soon)
        #expect(slots.release("b") == late)
        #expect(slots.release("a") == never)
        #expect(slots.release("a") == nil)
        #expect(slots.request("a", expiringAt: nil) == nil)
    }

    @Test func `a download that is cancelled while it waits takes no slot`() async throws {
        let queue = DownloadQueue(DownloadSlots(limit: 1, limitPerHost: 1))
        let (began, begin) = AsyncStream<Void>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        async let first: Void = queue.run("a", expiringAt: nil) {
            begin.finish()
            for await _ in ended {}
        }
        for await _ in began {}
        let waiting = Task { try await queue.run("a", expiringAt: nil) {} }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        end.finish()
        try await first
        try await queue.run("a", expiringAt: nil) {}
    }
}
