import FetchCore
import Foundation
import Testing

/// An endpoint that would ask the same question for every job is refused.
struct PlaceForTheIDTests {
    private func register(_ endpoint: ShapedEndpoint<some FetchID>) throws(FetchError) {
        var registry = EndpointRegistry()
        try registry.register(endpoint)
    }

    static let placeless: [ShapedEndpoint<Int>] = [
        ShapedEndpoint(path: "fetch"),
        ShapedEndpoint(path: ""),
        ShapedEndpoint(path: "fetch", makeBody: { _ in .json(["action": "status"]) }),
        ShapedEndpoint(path: "fetch", makeBody: { _ in .data(Data("status".utf8), mediaType: "text/plain") }),
    ]

    @Test(arguments: placeless)
    func `A template without a place is refused where the body has none either`(
        endpoint: ShapedEndpoint<Int>
    ) async throws {
        let error = #expect(throws: FetchError.self) { try register(endpoint) }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message.contains("has a place for the id") == true)
        #expect(try await endpoint.refusal(of: 42).code == .malformedEndpoint)
    }

    @Test func `A template with a place that no id of the type fills is refused`() {
        let error = #expect(throws: FetchError.self) { try register(ShapedEndpoint<Int>(path: "fetch/{ID}")) }
        #expect(error?.code == .malformedEndpoint)
        #expect(
            error?.message == "the path template fetch/{ID} has a place for {ID}, and there is only a value for {id}"
        )
    }

    @Test(arguments: ["fetch?job={id}", "fetch?a=1&job={id}", "fetch/{id}?%6Aob", "fetch/{id}?job="])
    func `A path that has the query item of the key already is refused`(path: String) throws {
        let endpoint = ShapedEndpoint<Int>(path: try PathTemplate(path), authorization: .query("job"))
        let error = #expect(throws: FetchError.self) { try register(endpoint) }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message.contains("the query item “job”") == true)
        let other = ShapedEndpoint<Int>(path: try PathTemplate(path), authorization: .query("jo"))
        #expect(throws: Never.self) { try register(other) }
    }

    static let carrying: [ShapedEndpoint<Int>] = [
        ShapedEndpoint(path: "fetch", makeBody: { .json(["id": .integer(Int64($0))]) }),
        ShapedEndpoint(path: "fetch", makeBody: { .json(["id": .string(String($0))]) }),
        ShapedEndpoint(path: "fetch", makeBody: { .json(["jobs": [["id": .integer(Int64($0))]]]) }),
        ShapedEndpoint(path: "fetch", makeBody: { .json(["job": "tasks/\(String($0))"]) }),
        ShapedEndpoint(
            path: "fetch",
            authorization: .bearer,
            makeBody: { .data(Data("id=\($0)".utf8), mediaType: "application/x-www-form-urlencoded") }
        ),
        ShapedEndpoint(path: "fetch?id={id}"),
    ]

    @Test(arguments: carrying)
    func `A body or query that carries the id needs no place in the path`(endpoint: ShapedEndpoint<Int>) async throws {
        #expect(throws: Never.self) { try register(endpoint) }
        let sent = try await endpoint.requests(for: 42)
        #expect(sent.count == 1)
        #expect(sent.first?.url.path() == "/v1/fetch")
    }

    @Test func `A body may carry the values of an id one by one`() async throws {
        let endpoint = ShapedEndpoint<RunID>(
            path: "status",
            idForm: "{workflow}/{run}",
            makeBody: { .json(["workflow": .string($0.workflow), "run": .integer(Int64($0.run))]) }
        )
        #expect(throws: Never.self) { try register(endpoint) }
        let sent = try await endpoint.requests(for: RunID(workflow: "upscale", run: 7))
        #expect(sent.first?.body.map { String(decoding: $0, as: UTF8.self) } == #"{"run":7,"workflow":"upscale"}"#)
    }

    @Test func `A body that is refused for some ids is judged when a real id is asked about`() async throws {
        struct NotThisOne: Error {}
        let endpoint = ShapedEndpoint<Int>(
            path: "fetch",
            makeBody: { id in
                guard id < 100 else { throw NotThisOne() }
                return .json(["id": .integer(Int64(id))])
            }
        )
        #expect(throws: Never.self) { try register(endpoint) }
        #expect(try await endpoint.requests(for: 42).count == 1)
        let error = try await endpoint.refusal(of: 100)
        #expect(error.code == .malformedEndpoint)
        #expect(error.message == "the endpoint can't make a body for this id: NotThisOne")
        #expect(error.id == "100")
    }

    @Test func `A body's own error reaches the caller as it is`() async throws {
        let endpoint = ShapedEndpoint<Int>(
            makeBody: { _ in throw FetchError(.invalidID, "even ids only", isRetryable: false) }
        )
        let error = try await endpoint.refusal(of: 7)
        #expect(error.code == .invalidID)
        #expect(error.message == "even ids only")
        #expect(error.endpoint == "example.jobs")
        #expect(error.id == "7")
    }

    @Test func `An empty path asks the base URL itself`() async throws {
        let endpoint = ShapedEndpoint<Int>(path: "", makeBody: { .json(["id": .integer(Int64($0))]) })
        #expect(try await endpoint.requests(for: 42).map(\.url.absoluteString) == ["https://api.example.com/v1"])
    }
}
