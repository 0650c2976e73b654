import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Responses that are kept") struct StoredResponseTests {
    /// Returns the end of a job whose provider sends a response.
    private func end(_ response: FetchResponse) async throws -> JobEnd {
        let harness = WorkerHarness { _ in response }
        let outcomes = try await harness.clock.run {
            try await harness.add(1...1)
            try await harness.run([try harness.worker()], for: .seconds(60))
            return try await harness.store.takeDeliveries(limit: 1, for: .seconds(1))
        }
        return try #require(outcomes.first).end
    }

    @Test func `a corrected endpoint reads the response of an unusable output`() async throws {
        let end = try await end(FetchResponse(json: #"{"status":"unusable","video":"https://example.com/a.mp4"}"#))
        #expect(end.kind == .unusable)
        let stored = try #require(end.response)
        #expect(!stored.isTruncated)
        #expect(stored.url?.host() == "api.example.com")
        let decoded = try JSONDecoder().decode(JobEnd.self, from: JSONEncoder().encode(end))
        #expect(decoded.response == stored)
        let endpoint = ConfigurableEndpoint<Int>(
            read: { response in
                let body: JSONValue = try response.json()
                return .succeeded(body["video"] ?? .null)
            }
        )
        guard case .succeeded(let output) = try endpoint.answer(to: 1, from: stored.response) else {
            Issue.record("The response can't be read.")
            return
        }
        #expect(output == "https://example.com/a.mp4")
    }

    @Test func `a key in a response isn't kept`() async throws {
        let end = try await end(FetchResponse(json: #"{"status":"unusable","echo":"Bearer test-key"}"#))
        let body = String(decoding: try #require(end.response).body, as: UTF8.self)
        #expect(body.contains("echo"))
        #expect(!body.contains("test-key"))
    }

    @Test(arguments: ["x", "ü", "\\\"", "\u{1F600}", "\\u0000"])
    func `a large response is cut to what a store keeps`(character: String) async throws {
        let text = String(repeating: character, count: 100_000)
        let end = try await end(FetchResponse(json: #"{"status":"unusable","text":"\#(text)"}"#))
        let stored = try #require(EndedJob(StoredJobID(rawValue: 1), end).end.response)
        #expect(stored.isTruncated)
        #expect(stored.body.count > 20_000)
        #expect(String(validating: stored.body, as: UTF8.self) != nil)
        let size = try JSONEncoder().encode(EndedJob(StoredJobID(rawValue: 1), end).end).count
        #expect(size <= JobEnd.maximumSize)
    }

    @Test func `bytes that aren't text are kept as they are`() throws {
        let stored = StoredResponse(status: 200, contentType: "image/png", body: Data([0xFF, 0x00, 0x80]))
        #expect(try JSONDecoder().decode(StoredResponse.self, from: JSONEncoder().encode(stored)) == stored)
    }

    @Test func `other ends keep no response`() async throws {
        #expect(try await end(WorkerHarness.success).response == nil)
    }
}
