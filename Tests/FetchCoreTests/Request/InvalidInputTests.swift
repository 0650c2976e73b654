import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests that invalid input is refused before a request is sent, with an error that names the endpoint and the remedy.
@Suite("Invalid input") struct InvalidInputTests {
    private let transport = ScriptedTransport([.json("{}")])

    private func client(_ credentials: Credentials = .fixed(["example": APIKey("sk-canary-0123456789")])) throws
        -> FetchClient
    {
        FetchClient(
            scripted: transport,
            registry: try EndpointRegistry(
                ConfigurableEndpoint<Int64>(name: "example.video", path: "video/{id}"),
                ConfigurableEndpoint<String>(name: "example.texts", path: "texts/{id}")
            ),
            credentials: credentials
        )
    }

    @Test(arguments: ["abc", "1.0", "+1", "1/2", "9223372036854775808"])
    func `an ID of the wrong type is refused by every function that polls by name`(id: String) async throws {
        let job = try JobReference("example.video:\(id)")
        let client = try client()
        let errors = [
            try await transport.refusal { try await client.fetch(job) },
            try await transport.refusal { try await client.result(job) },
            try await transport.refusal { for try await _ in client.updates(job) {} },
        ]
        for error in errors {
            #expect(error.code == .invalidID)
            #expect(error.message.contains("example.video takes an integer"))
            #expect(error.endpoint == "example.video")
            #expect(error.id == id)
        }
        let results = try await client.outcomes(of: [job]).results()
        #expect(throws: FetchError.self) { try results[job]?.get() }
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: ["", ".", "..", "a\0b", "a\nb", String(repeating: "a", count: 10_240)])
    func `an invalid ID is refused by every function that polls by type`(id: String) async throws {
        let endpoint = ConfigurableEndpoint<String>()
        let client = try client()
        let errors = [
            try await transport.refusal { try await client.fetch(endpoint, id: id) },
            try await transport.refusal { try await client.result(endpoint, id: id) },
            try await transport.refusal { for try await _ in client.updates(endpoint, id: id) {} },
        ]
        for error in errors {
            #expect(error.code == .invalidID)
            #expect(error.endpoint == "example.jobs")
        }
        #expect(throws: FetchError.self) { try JobReference(endpoint: "example.texts", id: id) }
        #expect(throws: FetchError.self) { try JobReference("example.texts:\(id)") }
    }

    @Test func `a slash in a string ID is encoded`() async throws {
        _ = try await client().fetch(JobReference("example.texts:../video/1"))
        #expect(transport.requests.map(\.url.absoluteString) == ["https://api.example.com/v1/texts/..%2Fvideo%2F1"])
    }

    @Test func `the error for an unknown endpoint suggests similar names`() async throws {
        let job = try JobReference("example.vidoe:42")
        let client = try client()
        let errors = [
            try await transport.refusal { try await client.fetch(job) },
            try await transport.refusal { try await client.result(job) },
        ]
        for error in errors {
            #expect(error.code == .unknownEndpoint)
            #expect(error.remedy == "Did you mean example.video?")
            #expect(error.endpoint == "example.vidoe")
            #expect(error.id == "42")
        }
    }

    static let invalidKeys: [(key: String?, code: FetchError.Code, message: String)] = [
        (nil, .missingKey, "there is no key for the provider example"),
        ("", .malformedKey, "the key for the provider example is empty"),
        ("sk-canary-0123456789\n", .malformedKey, "the key for the provider example contains a newline"),
        ("sk-canary\r\nX-Evil: 1", .malformedKey, "the key for the provider example contains a newline"),
        ("Bearer sk-canary-0123456789", .malformedKey, "the key for the provider example contains a space"),
        ("sk-canary-0123456789\t", .malformedKey, "contains a character outside printable ASCII"),
        ("sk-canary-0123456789\0", .malformedKey, "contains a character outside printable ASCII"),
        ("sk-cänary-0123456789", .malformedKey, "contains a character outside printable ASCII"),
        ("\u{FEFF}sk-canary-0123456789", .malformedKey, "contains a character outside printable ASCII"),
    ]

    @Test(arguments: invalidKeys)
    func `the error for an invalid key names the provider`(
        key: String?,
        code: FetchError.Code,
        message: String
    ) async throws {
        let sources: [(Credentials, remedy: String)] = [
            (
                .environment(key.map { ["EXAMPLE_API_KEY": $0] } ?? [:]),
                "Set the environment variable EXAMPLE_API_KEY to the provider's key."
            ),
            (
                .fixed(key.map { ["example": APIKey($0)] } ?? [:]),
                "Add a key for the provider example to the fixed credentials."
            ),
            (
                .dynamic { _ in key.map(APIKey.init) },
                "Return a key for the provider example from the credentials function."
            ),
        ]
        for (credentials, remedy) in sources {
            let error = try await ConfigurableEndpoint<Int>().refusal(of: 42, credentials: credentials)
            #expect(error.code == code)
            #expect(error.message.contains(message))
            #expect(error.remedy == remedy)
            #expect(error.endpoint == "example.jobs")
            #expect(!error.isRetryable)
        }
    }

    @Test(
        arguments: [
            ("modelslab", "MODELSLAB_API_KEY"), ("modelslab.enterprise", "MODELSLAB_ENTERPRISE_API_KEY"),
            ("a-b_c.d2", "A_B_C_D2_API_KEY"),
        ] as [(ProviderID, String)]
    )
    func `the environment variable of a provider is its name in capitals`(provider: ProviderID, variable: String)
        async throws
    {
        #expect(Credentials.variable(for: provider) == variable)
        let sent = try await ConfigurableEndpoint<Int>(provider: provider)
            .requests(for: 42, credentials: .environment([variable: "sk-canary-0123456789"]))
        #expect(sent.first?.headers["Authorization"] == "Bearer sk-canary-0123456789")
    }

    @Test func `the key of one provider is not used for another`() async throws {
        let error = try await ConfigurableEndpoint<Int>()
            .refusal(of: 42, credentials: .environment(["MODELSLAB_API_KEY": "sk-canary-0123456789"]))
        #expect(error.code == .missingKey)
    }

    @Test func `failing credentials are a retryable error`() async throws {
        struct KeychainLocked: Error {}
        let error = try await ConfigurableEndpoint<Int>()
            .refusal(of: 42, credentials: .dynamic { _ in throw KeychainLocked() })
        #expect(error.code == .credentialsUnavailable)
        #expect(error.message == "the credentials for the provider example failed with KeychainLocked")
        #expect(error.isRetryable)
    }

    @Test(arguments: [
        "https://user:pass@api.example.com", "https://api.example.com?key=1", "http://api.example.com",
        "ftp://api.example.com",
        "https:///v1", "v1",
    ])
    func `an invalid base URL is refused for an endpoint that was never registered`(base: String) async throws {
        let error = try await ConfigurableEndpoint<Int>(baseURL: URL(string: base)!).refusal(of: 42)
        #expect(error.code == .refusedURL)
        #expect(error.endpoint == "example.jobs")
        #expect(error.message.contains("is refused: "))
    }

    @Test(arguments: ["", "A", "a..b", "a b"])
    func `a malformed name is refused for an endpoint that was never registered`(name: String) async throws {
        let name = EndpointName(stringLiteral: name)
        #expect(try await ConfigurableEndpoint<Int>(name: name).refusal(of: 42).code == .malformedName)
    }
}
