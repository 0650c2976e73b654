import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

@Suite("Runway endpoint") struct RunwayTests {
    @Test func `media types are derived from the links without their query`() async throws {
        let links = try await state(.runwayTask, "succeeded").output
        #expect(links.map(\.url?.lastPathComponent) == ["clip.mp4", "still.png"])
        #expect(links.map(\.url?.query) == ["_jwt=e30", "_jwt=e30"])
        #expect(links.map(\.mediaType) == ["video/mp4", "image/png"])
        #expect(links.allSatisfy { $0.expiryDate != nil })
    }

    @Test func `a running task has a fraction, and a throttled task is pending`() async throws {
        let running = try await state(.runwayTask, "pending-running").progress
        #expect(running == JobProgress(fraction: 0.42, message: "RUNNING"))
        #expect(try await state(.runwayTask, "pending-throttled").progress == JobProgress(message: "THROTTLED"))
    }

    @Test func `the code of a failure identifies moderation`() async throws {
        let failure = try await state(.runwayTask, "failed").failure
        #expect(failure.reason == .failed)
        #expect(failure.message == "An unexpected error occurred.")
        #expect(failure.code == "INTERNAL.BAD_OUTPUT.CODE01")
        #expect(try await state(.runwayTask, "failed-moderatedInput").failure.reason == .moderated)
        #expect(try await state(.runwayTask, "failed-moderatedEarly").failure.reason == .moderated)
        #expect(try await state(.runwayTask, "failed-cancelled").failure == JobFailure(.cancelled))
    }

    @Test func `the interval is at least five seconds for any policy`() async throws {
        let clock = VirtualClock()
        let client = FetchClient(
            transport: ScriptedTransport([.json(#"{"status": "PENDING"}"#)], clock: clock),
            credentials: .fixed(["runway": APIKey(ProviderFixtures.key)]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(minimumGap: .milliseconds(100), schedule: .fixed(.milliseconds(100)))
            ),
            environment: FetchClient.Environment(clock: clock)
        )
        let gap = try await clock.run {
            for try await update in client.updates(.runwayTask, id: "5b1d7e0c") { return update.nextRequest }
            return nil
        }
        #expect(gap == .seconds(5))
    }
}
