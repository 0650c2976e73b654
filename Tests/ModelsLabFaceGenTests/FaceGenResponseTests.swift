import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFaceGen
import TestSupport
import Testing

@Suite("Face generation responses") struct FaceGenResponseTests {
    @Test func `a succeeded job has every documented field, and the response's integer as its id`() async throws {
        let face = try await client(fixture("success", in: .module)).result(.modelsLabFaceGen, id: "a1b2")
        #expect(face.id == "12202888")
        #expect(face.outputs == [URL(string: "https://pub-example.r2.dev/generations/e5cd86d3-0.png")])
        #expect(face.source == .output)
        #expect(face.outputArtifacts.map(\.mediaType) == ["image/png"])
        #expect(face.meta == nil)
    }

    @Test func `a processing response is pending`() async throws {
        let state = try await client(fixture("processing", in: .module)).fetch(.modelsLabFaceGen, id: "a1b2")
        guard case .pending(let progress) = state else {
            Issue.record("Unexpected state: \(state)")
            return
        }
        #expect(progress.message == "Try Again")
    }

    @Test(arguments: [
        (401, "unauthorized", FetchError.Code.unauthorized, "Invalid API key."),
        (404, "not-found", .jobNotFound, "The id does not exist or is not queued."),
    ])
    func `each documented error status has its own error code`(
        status: Int,
        fixtureName: String,
        code: FetchError.Code,
        message: String
    ) async throws {
        let client = try client(fixture(fixtureName, in: .module), status: status)
        let error = try #require(
            await #expect(throws: FetchError.self) { try await client.fetch(.modelsLabFaceGen, id: "a1b2") }
        )
        #expect(error.code == code)
        #expect(error.httpStatus == status)
        #expect(error.id == "a1b2")
        #expect(error.message.contains(message))
    }

    private func client(_ body: String, status: Int = 200) -> FetchClient {
        FetchClient(
            transport: ScriptedTransport([.json(body, status: status)]),
            credentials: .fixed([.modelsLabEnterprise: APIKey("enterprise-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }
}
