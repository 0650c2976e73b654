import FetchCore
import Foundation
import TestSupport
import Testing

/// Tests that an endpoint whose requests do not contain the ID is refused.
@Suite("Placeholders for the ID") struct IDPlaceholderTests {
    private func register(_ endpoint: ConfigurableEndpoint<some FetchID>) throws(FetchError) {
        var registry = EndpointRegistry()
        try registry.register(endpoint)
    }

    static let withoutPlaceholder: [ConfigurableEndpoint<Int>] = [
        ConfigurableEndpoint(path: "fetch"),
        ConfigurableEndpoint(path: ""),
        ConfigurableEndpoint(path: "fetch", makeBody: { _ in .json(["action": "status"]) }),
        ConfigurableEndpoint(path: "fetch", makeBody: { _ in .data(Data("status".utf8), mediaType: "text/plain") }),
    ]

    @Test(arguments: withoutPlaceholder)
    func `a template without a placeholder is refused if the body has no ID either`(
        endpoint: ConfigurableEndpoint<Int>
    ) async throws {
        let error = #expect(throws: FetchError.self) { try register(endpoint) }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message.contains("contains the id") == true)
        #expect(try await endpoint.refusal(of: 42).code == .malformedEndpoint)
    }

    @Test func `a placeholder that no ID of the type can fill is refused`() {
        let error = #expect(throws: FetchError.self) { try register(ConfigurableEndpoint<Int>(path: "fetch/{ID}")) }
        #expect(error?.code == .malformedEndpoint)
        #expect(
            error?.message == "the path template fetch/{ID} has the placeholder {ID}, but the only values are {id}"
        )
    }

    @Test(arguments: ["fetch?job={id}", "fetch?a=1&job={id}", "fetch/{id}?%6Aob", "fetch/{id}?job="])
    func `a path that already has the query item of the key is refused`(path: String) throws {
        let endpoint = ConfigurableEndpoint<Int>(path: try PathTemplate(path), authorization: .query("job"))
        let error = #expect(throws: FetchError.self) { try register(endpoint) }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message.contains("the query item “job”") == true)
        let other = ConfigurableEndpoint<Int>(path: try PathTemplate(path), authorization: .query("jo"))
        #expect(throws: Never.self) { try register(other) }
    }

    static let withIDElsewhere: [ConfigurableEndpoint<Int>] = [
        ConfigurableEndpoint(path: "fetch", makeBody: { .json(["id": .integer(Int64($0))]) }),
        ConfigurableEndpoint(path: "fetch", makeBody: { .json(["id": .string(String($0))]) }),
        ConfigurableEndpoint(path: "fetch", makeBody: { .json(["jobs": [["id": .integer(Int64($0))]]]) }),
        ConfigurableEndpoint(path: "fetch", makeBody: { .json(["job": "tasks/\(String($0))"]) }),
        ConfigurableEndpoint(
            path: "fetch",
            authorization: .bearer,
            makeBody: { .data(Data("id=\($0)".utf8), mediaType: "application/x-www-form-urlencoded") }
        ),
        ConfigurableEndpoint(path: "fetch?id={id}"),
    ]

    @Test(arguments: withIDElsewhere)
    func `an ID in the body or query needs no placeholder in the path`(endpoint: ConfigurableEndpoint<Int>) async throws
    {
        #expect(throws: Never.self) { try register(endpoint) }
        let sent = try await endpoint.requests(for: 42)
        #expect(sent.count == 1)
        #expect(sent.first?.url.path() == "/v1/fetch")
    }

    @Test func `a body may contain the values of an ID separately`() async throws {
        let endpoint = ConfigurableEndpoint<RunID>(
            path: "status",
            idForm: "{workflow}/{run}",
            makeBody: { .json(["workflow": .string($0.workflow), "run": .integer(Int64($0.run))]) }
        )
        #expect(throws: Never.self) { try register(endpoint) }
        let sent = try await endpoint.requests(for: RunID(workflow: "upscale", run: 7))
        #expect(sent.first?.body.map { String(decoding: $0, as: UTF8.self) } == #"{"run":7,"workflow":"upscale"}"#)
    }

    @Test func `an error of the body for some IDs is reported when such a job is polled`() async throws {
        struct UnsupportedID: Error {}
        let endpoint = ConfigurableEndpoint<Int>(
            path: "fetch",
            makeBody: { id in
                guard id < 100 else { throw UnsupportedID() }
                return .json(["id": .integer(Int64(id))])
            }
        )
        #expect(throws: Never.self) { try register(endpoint) }
        #expect(try await endpoint.requests(for: 42).count == 1)
        let error = try await endpoint.refusal(of: 100)
        #expect(error.code == .malformedEndpoint)
        #expect(error.message == "the endpoint can't make a body for this id: UnsupportedID")
        #expect(error.id == "100")
    }

    @Test func `a FetchError of the body is passed to the caller unchanged`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(
            makeBody: { _ in throw FetchError(.invalidID, "even ids only", isRetryable: false) }
        )
        let error = try await endpoint.refusal(of: 7)
        #expect(error.code == .invalidID)
        #expect(error.message == "even ids only")
        #expect(error.endpoint == "example.jobs")
        #expect(error.id == "7")
    }

    @Test func `an empty path polls the base URL itself`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(path: "", makeBody: { .json(["id": .integer(Int64($0))]) })
        #expect(try await endpoint.requests(for: 42).map(\.url.absoluteString) == ["https://api.example.com/v1"])
    }
}
