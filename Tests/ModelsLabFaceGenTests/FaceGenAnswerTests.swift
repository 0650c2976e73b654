import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFaceGen
import Testing

@Suite struct `What a generated face's answers mean` {
    @Test func `a generated face has every documented field, and the answer's integer as its id`() async throws {
        let face = try await client(fixture("success")).result(.modelsLabFaceGen, id: "a1b2")
        #expect(face.id == "12202888")
        #expect(face.outputs == [URL(string: "https://pub-example.r2.dev/generations/e5cd86d3-0.png")])
        #expect(face.source == .output)
        #expect(face.outputArtifacts.map(\.mediaType) == ["image/png"])
        #expect(face.meta == nil)
    }

    @Test func `a face in the making is pending`() async throws {
        let state = try await client(fixture("processing")).fetch(.modelsLabFaceGen, id: "a1b2")
        guard case .pending(let progress) = state else {
            Issue.record("It is \(state).")
            return
        }
        #expect(progress.message == "Try Again")
    }

    @Test(arguments: [
        (401, "unauthorized", FetchError.Code.unauthorized, "Invalid API key."),
        (404, "not-found", .jobNotFound, "The id does not exist or is not queued."),
    ])
    func `each documented error status is an error of its own`(
        status: Int,
        body: String,
        code: FetchError.Code,
        words: String
    ) async throws {
        let client = try client(fixture(body), status: status)
        let error = try #require(
            await #expect(throws: FetchError.self) { try await client.fetch(.modelsLabFaceGen, id: "a1b2") }
        )
        #expect(error.code == code)
        #expect(error.httpStatus == status)
        #expect(error.id == "a1b2")
        #expect(error.message.contains(words))
    }

    private func client(_ answer: String, status: Int = 200) -> FetchClient {
        FetchClient(
            transport: ScriptedTransport([.json(answer, status: status)]),
            credentials: .fixed([.modelsLabEnterprise: APIKey("enterprise-key")]),
            policy: PollingPolicy(requestTimeout: .seconds(3600))
        )
    }
}
