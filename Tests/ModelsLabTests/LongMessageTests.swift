import FetchCore
import ModelsLab
import Testing

/// The message of a job can contain megabytes of its output. Only the beginning is searched for phrases of request
/// errors.
@Suite("Long messages") struct LongMessageTests {
    private let output = String(repeating: "frame done, ", count: 1_000)

    @Test func `a request error phrase far behind the beginning is ignored`() async throws {
        let failure = try await Interior.failure(#"{"status":"error","message":"\#(output)rate limit exceeded"}"#)
        #expect(failure.message == output + "rate limit exceeded")
    }

    @Test func `a request error phrase at the beginning is recognized`() async throws {
        let error = try await Interior.error(#"{"status":"error","message":"Rate limit exceeded. \#(output)"}"#)
        #expect(error.code == .rateLimited)
        #expect(error.description.count < 600)
    }
}
