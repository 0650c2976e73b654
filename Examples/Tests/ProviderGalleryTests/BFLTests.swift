import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

@Suite("Black Forest Labs endpoint") struct BFLTests {
    @Test func `a finished task has a signed link without a follow-up`() async throws {
        let link = try await state(.bflImage, "succeeded").output
        #expect(link.host() == "delivery-us1.bfl.example")
        #expect(link.query == "se=2026-03-04T10%3A25%3A00Z&sig=x")
        #expect(link.outputArtifacts.map(\.mediaType) == ["image/jpeg"])
    }

    @Test func `progress is a fraction or absent`() async throws {
        #expect(try await state(.bflImage, "pending-generating").progress.fraction == 0.6)
        #expect(try await state(.bflImage, "pending").progress == JobProgress())
    }

    @Test func `a moderated task has the moderated side as code and the reasons as message`() async throws {
        let request = try await state(.bflImage, "failed-requestModerated").failure
        #expect(request == JobFailure(.moderated, message: "Violence, Public Figure", code: "Request Moderated"))
        let content = try await state(.bflImage, "failed-contentModerated").failure
        #expect(content == JobFailure(.moderated, code: "Content Moderated"))
        #expect(try await state(.bflImage, "failed").failure == JobFailure())
    }

    @Test(arguments: ["error-jobNotFound", "error-jobNotFound-status"])
    func `a task that isn't found is retryable`(file: String) async throws {
        let error = await #expect(throws: FetchError.self) { try await state(.bflImage, file) }
        #expect(error?.isRetryable == true)
    }

    @Test(arguments: ["https://api.bfl.ai/v1/get_result?id=1", "https://api.us1.bfl.ai/v1/get_result?id=1"])
    func `each of the provider's hosts receives the key`(url: String) async throws {
        let transport = ScriptedTransport([.json(#"{"status": "Pending"}"#)])
        _ = try await fetch(url, transport)
        #expect(transport.requests.map(\.url.absoluteString) == [url])
        #expect(transport.requests.map { $0.headers["x-key"] } == [ProviderFixtures.key])
    }

    @Test(
        arguments: [
            "https://bfl.example/v1/get_result?id=1", "https://api.bfl.ai.bfl.example/v1/get_result?id=1",
            "https://notbfl.ai/v1/get_result?id=1", "http://api.us1.bfl.ai/v1/get_result?id=1",
            "https://api.us1.bfl.ai:8443/v1/get_result?id=1",
        ]
    )
    func `a URL of another origin is rejected before a request is sent`(url: String) async throws {
        let transport = ScriptedTransport([.json(#"{"status": "Pending"}"#)])
        let error = await #expect(throws: FetchError.self) { try await fetch(url, transport) }
        #expect(error?.code == .refusedURL, "\(String(describing: error))")
        #expect(transport.requests.isEmpty)
    }

    private func fetch(_ url: String, _ transport: ScriptedTransport) async throws -> FetchState<URL> {
        let client = FetchClient(transport: transport, credentials: .fixed(["bfl": APIKey(ProviderFixtures.key)]))
        return try await client.fetch(.bflImage, id: try #require(PollingURL(url)))
    }
}
