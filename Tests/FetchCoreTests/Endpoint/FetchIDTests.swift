import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of the conversion between strings and IDs of each type.
@Suite("Job ID parsing") struct FetchIDTests {
    private func url<ID: FetchID>(
        for string: String,
        of type: ID.Type,
        path: PathTemplate = "fetch/{id}",
        idForm: IDForm = .whole
    ) async throws -> String? {
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            scripted: transport,
            registry: try EndpointRegistry(ConfigurableEndpoint<ID>(path: path, idForm: idForm)),
            credentials: .fixed(["example": "sk-canary-0123456789"].mapValues(APIKey.init))
        )
        _ = try await client.fetch(JobReference(endpoint: "example.jobs", id: string))
        return transport.requests.first?.url.absoluteString
    }

    private func error<ID: FetchID>(
        for string: String,
        of type: ID.Type,
        path: PathTemplate = "fetch/{id}",
        idForm: IDForm = .whole
    ) async throws -> FetchError {
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            scripted: transport,
            registry: try EndpointRegistry(ConfigurableEndpoint<ID>(path: path, idForm: idForm)),
            credentials: .none
        )
        let job = try JobReference(endpoint: "example.jobs", id: string)
        return try await transport.refusal { try await client.fetch(job) }
    }

    static let notCanonical = [
        "+7", "007", " 7", "7 ", "7.0", "1e3", "٧", "７", "0x7", "-0", "--7", "7,000", "1_000", "NaN", "abc", "7/8",
        "−7",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999999",
    ]

    @Test(arguments: notCanonical)
    func `a string that is not a canonical integer is refused with the expected form`(string: String) async throws {
        for error in [try await error(for: string, of: Int.self), try await error(for: string, of: Int64.self)] {
            #expect(error.code == .invalidID)
            #expect(error.message.contains("example.jobs takes an integer"))
            #expect(error.endpoint == "example.jobs")
            #expect(error.id == string)
            #expect(!error.isRetryable)
        }
    }

    @Test(arguments: ["0", "7", "-7", "9007199254740993", "9223372036854775807", "-9223372036854775808"])
    func `an integer string appears in the URL digit by digit`(string: String) async throws {
        #expect(try await url(for: string, of: Int64.self) == "https://api.example.com/v1/fetch/\(string)")
        #expect(try await url(for: string, of: Int.self) == "https://api.example.com/v1/fetch/\(string)")
    }

    @Test(arguments: [Int64.max, Int64.min, 150_213_584])
    func `a typed integer appears in the URL digit by digit`(id: Int64) async throws {
        let sent = try await ConfigurableEndpoint<Int64>().requests(for: id)
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/v1/fetch/\(id)"])
    }

    @Test(arguments: ["+7", "007", "7.0", "٧", "abc", "a b"])
    func `a string ID accepts any string`(string: String) async throws {
        let url = try #require(try await url(for: string, of: String.self))
        #expect(URL(string: url)?.lastPathComponent == string)
    }

    @Test func `an ID of two values is parsed and inserted into the path`() async throws {
        let url = try await url(
            for: "upscale/7",
            of: RunID.self,
            path: "w/{workflow}/r/{run}",
            idForm: "{workflow}/{run}"
        )
        #expect(url == "https://api.example.com/v1/w/upscale/r/7")
    }

    @Test(arguments: ["upscale", "upscale/", "/7", "upscale/x", "upscale/07", "upscale/7/"])
    func `a string that is not an ID of two values is refused with an example`(string: String) async throws {
        let error = try await error(
            for: string,
            of: RunID.self,
            path: "w/{workflow}/r/{run}",
            idForm: "{workflow}/{run}"
        )
        #expect(error.code == .invalidID)
        #expect(error.message.contains("example.jobs takes a workflow and a run number, such as upscale/7"))
    }

    @Test func `an ID that is a path keeps its slashes`() async throws {
        let url = try await url(for: "operations/a/b", of: String.self, path: "{+id}")
        #expect(url == "https://api.example.com/v1/operations/a/b")
    }
}
