import FetchCore
import FetchTesting
import Foundation
import Testing

/// What can't be asked is refused before anything is sent, with an error that names the endpoint and what to do.
struct BadInputTests {
    private let transport = ScriptedTransport([.json("{}")])

    private func client(_ credentials: Credentials = .fixed(["example": APIKey("sk-canary-0123456789")])) throws
        -> FetchClient
    {
        FetchClient(
            asking: transport,
            registry: try EndpointRegistry(
                ShapedEndpoint<Int64>(name: "example.video", path: "video/{id}"),
                ShapedEndpoint<String>(name: "example.texts", path: "texts/{id}")
            ),
            credentials: credentials
        )
    }

    @Test(arguments: ["abc", "1.0", "+1", "1/2", "9223372036854775808"])
    func `An id of the wrong type is refused by every way to ask by name`(id: String) async throws {
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
        let results = try await client.results(of: [job])
        #expect(throws: FetchError.self) { try results[job]?.get() }
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: ["", ".", "..", "a\0b", "a\nb", String(repeating: "a", count: 10_240)])
    func `An id that no server means is refused by every typed way to ask`(id: String) async throws {
        let endpoint = ShapedEndpoint<String>()
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

    @Test func `A slash in a text id is encoded`() async throws {
        _ = try await client().fetch(JobReference("example.texts:../video/1"))
        #expect(transport.requests.map(\.url.absoluteString) == ["https://api.example.com/v1/texts/..%2Fvideo%2F1"])
    }

    @Test func `An unknown endpoint is refused with near names`() async throws {
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

    static let badKeys: [(key: String?, code: FetchError.Code, words: String)] = [
        (nil, .missingKey, "there is no key for the provider example"),
        ("", .malformedKey, "the key for the provider example is empty"),
        ("sk-canary-0123456789\n", .malformedKey, "the key for the provider example holds a newline"),
        ("sk-canary\r\nX-Evil: 1", .malformedKey, "the key for the provider example holds a newline"),
        ("Bearer sk-canary-0123456789", .malformedKey, "the key for the provider example holds a space"),
        ("sk-canary-0123456789\t", .malformedKey, "holds a character outside printable ASCII"),
        ("sk-canary-0123456789\0", .malformedKey, "holds a character outside printable ASCII"),
        ("sk-cänary-0123456789", .malformedKey, "holds a character outside printable ASCII"),
        ("\u{FEFF}sk-canary-0123456789", .malformedKey, "holds a character outside printable ASCII"),
    ]

    @Test(arguments: badKeys)
    func `A key that can't be sent is refused by the provider's name`(
        key: String?,
        code: FetchError.Code,
        words: String
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
            let error = try await ShapedEndpoint<Int>().refusal(of: 42, credentials: credentials)
            #expect(error.code == code)
            #expect(error.message.contains(words))
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
    func `A provider's variable is its name in capitals`(provider: ProviderID, variable: String) async throws {
        #expect(Credentials.variable(for: provider) == variable)
        let sent = try await ShapedEndpoint<Int>(provider: provider)
            .requests(for: 42, credentials: .environment([variable: "sk-canary-0123456789"]))
        #expect(sent.first?.headers["Authorization"] == "Bearer sk-canary-0123456789")
    }

    @Test func `The key of one provider doesn't serve another`() async throws {
        let error = try await ShapedEndpoint<Int>()
            .refusal(of: 42, credentials: .environment(["MODELSLAB_API_KEY": "sk-canary-0123456789"]))
        #expect(error.code == .missingKey)
    }

    @Test func `Credentials that fail are an error that a wait survives`() async throws {
        struct KeychainLocked: Error {}
        let error = try await ShapedEndpoint<Int>()
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
    func `A URL that must not be asked is refused for an endpoint that was never registered`(base: String) async throws
    {
        let error = try await ShapedEndpoint<Int>(baseURL: URL(string: base)!).refusal(of: 42)
        #expect(error.code == .refusedURL)
        #expect(error.endpoint == "example.jobs")
        #expect(error.message.contains("is not asked: "))
    }

    @Test(arguments: ["", "A", "a..b", "a b"])
    func `A malformed name is refused for an endpoint that was never registered`(name: String) async throws {
        let name = EndpointName(stringLiteral: name)
        #expect(try await ShapedEndpoint<Int>(name: name).refusal(of: 42).code == .malformedName)
    }
}
