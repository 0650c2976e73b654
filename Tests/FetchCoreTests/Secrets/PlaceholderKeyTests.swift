import FetchCore
import FetchTesting
import TestSupport
import Testing

@Suite("Placeholders in place of keys") struct PlaceholderKeyTests {
    @Test(arguments: [
        "your-api-key", "YOUR_API_KEY", "your_modelslab_api_key_here", "<your-key>", "<API KEY>", "{{api_key}}",
        "${KEY}", "[key]", "sk-...", "sk-xxxxxxxx", "xxxxxxxx", "********", "changeme", "CHANGE-ME", "replace_me",
        "insert-key-here", "placeholder",
    ])
    func `a placeholder is reported when the key is read, and nothing is sent`(key: String) async throws {
        let sources: [Credentials] = [
            .environment(["EXAMPLE_API_KEY": key]), .fixed(["example": APIKey(key)]), .dynamic { _ in APIKey(key) },
        ]
        for credentials in sources {
            let error = try await ConfigurableEndpoint<Int>().refusal(of: 42, credentials: credentials)
            #expect(error.code == .malformedKey)
            #expect(error.message == "the key for the provider example is a placeholder from an example")
        }
    }

    @Test(arguments: CanaryKey.all.map(\.key) + ["ollama", "test", "key", "sk-abcxxx", "a.b.c", "<k1>", "user:pass"])
    func `other keys are sent`(key: String) async throws {
        let endpoint = ConfigurableEndpoint<Int>()
        let requests = try await endpoint.requests(for: 42, credentials: .fixed(["example": APIKey(key)]))
        #expect(requests.first?.headers["Authorization"] == "Bearer \(key)")
    }
}
