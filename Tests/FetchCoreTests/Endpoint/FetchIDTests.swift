import FetchCore
import FetchTesting
import Foundation
import Testing

/// Which text is an id of which type.
struct FetchIDTests {
    private func url<ID: FetchID>(
        for text: String,
        of type: ID.Type,
        path: PathTemplate = "fetch/{id}",
        idForm: IDForm = .whole
    ) async throws -> String? {
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            asking: transport,
            registry: try EndpointRegistry(ShapedEndpoint<ID>(path: path, idForm: idForm)),
            credentials: .fixed(["example": "sk-canary-0123456789"].mapValues(APIKey.init))
        )
        _ = try await client.fetch(JobReference(endpoint: "example.jobs", id: text))
        return transport.requests.first?.url.absoluteString
    }

    private func error<ID: FetchID>(
        for text: String,
        of type: ID.Type,
        path: PathTemplate = "fetch/{id}",
        idForm: IDForm = .whole
    ) async throws -> FetchError {
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            asking: transport,
            registry: try EndpointRegistry(ShapedEndpoint<ID>(path: path, idForm: idForm)),
            credentials: .none
        )
        let job = try JobReference(endpoint: "example.jobs", id: text)
        return try await transport.refusal { try await client.fetch(job) }
    }

    static let notCanonical = [
        "+7", "007", " 7", "7 ", "7.0", "1e3", "٧", "７", "0x7", "-0", "--7", "7,000", "1_000", "NaN", "abc", "7/8",
        "−7",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999999",
    ]

    @Test(arguments: notCanonical)
    func `A text that isn't an integer's own is refused with what the endpoint takes`(text: String) async throws {
        for error in [try await error(for: text, of: Int.self), try await error(for: text, of: Int64.self)] {
            #expect(error.code == .invalidID)
            #expect(error.message.contains("example.jobs takes an integer"))
            #expect(error.endpoint == "example.jobs")
            #expect(error.id == text)
            #expect(!error.isRetryable)
        }
    }

    @Test(arguments: ["0", "7", "-7", "9007199254740993", "9223372036854775807", "-9223372036854775808"])
    func `An integer reaches the URL digit by digit`(text: String) async throws {
        #expect(try await url(for: text, of: Int64.self) == "https://api.example.com/v1/fetch/\(text)")
        #expect(try await url(for: text, of: Int.self) == "https://api.example.com/v1/fetch/\(text)")
    }

    @Test(arguments: [Int64.max, Int64.min, 150_213_584])
    func `A typed integer reaches the URL digit by digit`(id: Int64) async throws {
        let sent = try await ShapedEndpoint<Int64>().requests(for: id)
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/v1/fetch/\(id)"])
    }

    @Test(arguments: ["+7", "007", "7.0", "٧", "abc", "a b"])
    func `A text id is any text`(text: String) async throws {
        let url = try #require(try await url(for: text, of: String.self))
        #expect(URL(string: url)?.lastPathComponent == text)
    }

    @Test func `An id of two values is read from text and finds its places`() async throws {
        let url = try await url(
            for: "upscale/7",
            of: RunID.self,
            path: "w/{workflow}/r/{run}",
            idForm: "{workflow}/{run}"
        )
        #expect(url == "https://api.example.com/v1/w/upscale/r/7")
    }

    @Test(arguments: ["upscale", "upscale/", "/7", "upscale/x", "upscale/07", "upscale/7/"])
    func `A text that isn't an id of two values is refused with what one looks like`(text: String) async throws {
        let error = try await error(for: text, of: RunID.self, path: "w/{workflow}/r/{run}", idForm: "{workflow}/{run}")
        #expect(error.code == .invalidID)
        #expect(error.message.contains("example.jobs takes a workflow and a run number, such as upscale/7"))
    }

    @Test func `An id that is a path keeps its slashes`() async throws {
        let url = try await url(for: "operations/a/b", of: String.self, path: "{+id}")
        #expect(url == "https://api.example.com/v1/operations/a/b")
    }
}
