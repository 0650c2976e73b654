import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Synchronization
import Testing

/// What Kling's envelopes and tasks say.
@Suite struct KlingTests {
    @Test func `a clip has an id for further tasks, and a link`() async throws {
        let clips = try await state(.klingVideo, "succeeded").output
        #expect(clips.map(\.id) == ["831922347090808907"])
        #expect(clips.map(\.duration) == ["5.1"])
        #expect(clips.outputArtifacts.map(\.url?.lastPathComponent) == ["831922347090808907.mp4"])
        #expect(clips.outputArtifacts.map(\.mediaType) == ["video/mp4"])
    }

    @Test func `a failed task is no failed request, and says why`() async throws {
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
    func `the code says whether asking again helps, whatever the HTTP status`(file: String, helps: Bool) async throws {
        let error = await #expect(throws: FetchError.self) { try await state(.klingVideo, file) }
        #expect(error?.isRetryable == helps)
    }

    @Test func `a refusal keeps its words, its code, the HTTP status and the hint`() async throws {
        let empty = await #expect(throws: FetchError.self) { try await state(.klingVideo, "error-paymentRequired") }
        #expect(empty?.message.contains("Account balance not enough (code 1102)") == true)
        #expect(empty?.httpStatus == 429)
        let fast = await #expect(throws: FetchError.self) { try await state(.klingVideo, "error-rateLimited") }
        #expect(fast?.retryAfter == .seconds(4))
    }

    @Test func `each request is signed anew`() async throws {
        let signatures = Mutex(0)
        let credentials = Credentials.dynamic { _ in
            APIKey("token-\(signatures.withLock { $0 += 1; return $0 })")
        }
        let dialect = try #require(try dialects().first { $0.name == "kling.video" })
        let answers = dialect.answers(meaning: "pending") + dialect.answers(meaning: "succeeded")
        let clock = VirtualClock()
        let transport = ScriptedTransport(answers.map { .response($0.responses[0]) }, clock: clock)
        let client = FetchClient(
            transport: transport,
            credentials: credentials,
            clock: clock,
            wallClock: clock.wallClock
        )
        _ = try await clock.run { try await client.result(.klingVideo, id: dialect.ids[0]) }
        #expect(transport.requests.map { $0.headers["Authorization"] } == (1...3).map { "Bearer token-\($0)" })
    }
}
