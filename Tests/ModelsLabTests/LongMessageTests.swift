import FetchCore
import ModelsLab
import Testing

/// What a job has printed may have megabytes, and is looked through for words of the server's own no further than they stand.
@Suite struct `A message that goes on and on` {
    private let words = String(repeating: "frame done, ", count: 1_000)

    @Test func `is what the job says, whatever comes far behind its beginning`() async throws {
        let failure = try await Interior.failure(#"{"status":"error","message":"\#(words)rate limit exceeded"}"#)
        #expect(failure.message == words + "rate limit exceeded")
    }

    @Test func `is the server's word where it begins with it`() async throws {
        let error = try await Interior.error(#"{"status":"error","message":"Rate limit exceeded. \#(words)"}"#)
        #expect(error.code == .rateLimited)
        #expect(error.description.count < 600)
    }
}
