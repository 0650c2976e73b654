import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Synchronization
import Testing

@Suite("Kling endpoint") struct KlingTests {
    @Test func `a clip has an id and a link`() async throws {
        let clips = try await state(.klingVideo, "succeeded").output
        #expect(clips.map(\.id) == ["831922347090808907"])
        #expect(clips.map(\.duration) == ["5.1"])
        #expect(clips.outputArtifacts.map(\.url?.lastPathComponent) == ["831922347090808907.mp4"])
        #expect(clips.outputArtifacts.map(\.mediaType) == ["video/mp4"])
    }

    @Test func `a failed task is a failed job with a reason`() async throws {
        #expect(
            try await state(.klingVideo, "failed").failure == JobFailure(message: "The picture could not be read.")
        )
        #expect(try await state(.klingVideo, "failed-moderated").failure.reason == .moderated)
    }

    @Test(arguments: [
        ("error-unauthorized-envelope", false), ("error-paymentRequired", false), ("error-forbidden", false),
        ("error-forbidden-odd", false),
        ("error-rateLimited", true), ("error-rateLimited-envelope", true), ("error-serverError-envelope", true),
    ])
    func `the code determines whether the error is retryable, for any HTTP status`(
        file: String,
        isRetryable: Bool
    ) async throws {
        let error = await #expect(throws: FetchError.self) { try await state(.klingVideo, file) }
        #expect(error?.isRetryable == isRetryable)
    }

    @Test func `an envelope error has the message, the code, the HTTP status and the retry hint`() async throws {
        let empty = await #expect(throws: FetchError.self) { try await state(.klingVideo, "error-paymentRequired") }
        #expect(empty?.message.contains("Account balance not enough (code 1102)") == true)
        #expect(empty?.httpStatus == 429)
        let fast = await #expect(throws: FetchError.self) { try await state(.klingVideo, "error-rateLimited") }
        #expect(fast?.retryAfter == .seconds(4))
    }

    @Test func `each request has a newly signed key`() async throws {
        let signatures = Mutex(0)
        let credentials = Credentials.dynamic { _ in
            APIKey("token-\(signatures.withLock { $0 += 1; return $0 })")
        }
        let fixtures = try #require(try allProviderFixtures().first { $0.name == "kling.video" })
        let exchanges = fixtures.exchanges(outcome: "pending") + fixtures.exchanges(outcome: "succeeded")
        let clock = VirtualClock()
        let transport = ScriptedTransport(exchanges.map { .response($0.responses[0]) }, clock: clock)
        let client = FetchClient(
            transport: transport,
            credentials: credentials,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        _ = try await clock.run { try await client.result(.klingVideo, id: fixtures.ids[0]) }
        #expect(transport.requests.map { $0.headers["Authorization"] } == (1...3).map { "Bearer token-\($0)" })
    }
}
