import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

/// Mistakes in what an endpoint is called and what its ids are, which need types of their own.
@Suite struct SeededIdentityTests {
    @Test func `a name that a neighbour has is found`() async throws {
        let registry = try EndpointRegistry(SampleEndpoint())
        let other = SampleEndpoint(path: "other/{id}")
        let violations = try await EndpointConformance(other, ids: ["1", "77"], beside: registry).violations()
        #expect(violations.map(\.rule) == [.neighbours])
        #expect(violations.first?.explanation.contains("registered already") == true)
    }

    @Test func `a URL that a neighbour has is found`() async throws {
        let registry = try EndpointRegistry(SampleEndpoint(name: "example.first"))
        let violations = try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"], beside: registry)
            .violations()
        #expect(Set(violations.map(\.rule)) == [.neighbours])
        #expect(violations.first?.explanation.contains("belongs to example.first") == true)
    }

    @Test func `a provider that changes is found`() async throws {
        let violations = try await EndpointConformance(Fickle(), ids: ["1", "77"]).violations()
        #expect(violations.contains { $0.rule == .stability && $0.explanation.contains("provider") })
    }

    @Test func `an id that isn't read as it is written is found`() async throws {
        let ids = [Lossy("Ab"), Lossy("Cd")].compactMap(\.self)
        let violations = try await EndpointConformance(LossyEndpoint(), ids: ids).violations()
        #expect(violations.contains { $0.rule == .idText && $0.explanation.contains("is read as “ab!”") })
    }

    @Test func `ids that make the same request are found`() async throws {
        let endpoint = SampleEndpoint(path: "room/fetch/{room}", idForm: "{house}/{room}")
        let violations = try await EndpointConformance(endpoint, ids: ["1/7", "2/7"]).violations()
        #expect(violations.contains { $0.rule == .distinctRequests && $0.explanation.contains("“2/7”") })
    }

    @Test(arguments: [[], ["1"], ["1", "1"]])
    func `too few ids are no proof`(ids: [String]) async throws {
        let violations = try await EndpointConformance(SampleEndpoint(), ids: ids).violations()
        #expect(violations.map(\.rule) == [.sampleIDs])
    }

    @Test func `an endpoint that none of the usual answers ends needs a fixture`() async throws {
        let endpoint = SampleEndpoint(read: { id, response in
            let body: JSONValue = try response.json()
            return body["phase"] == "over" ? .succeeded([]) : .pending
        })
        let without = try await EndpointConformance(endpoint, ids: ["1", "77"]).violations()
        #expect(without.map(\.rule) == [.reachesEnd])
        #expect(without.first?.explanation.contains("Pass the fixture .succeeded(…)") == true)
        try await EndpointConformance(endpoint, ids: ["1", "77"], fixtures: [.succeeded(#"{"phase":"over"}"#)]).check()
    }

    @Test func `without fixtures an unknown word taken for a failure is found all the same`() async throws {
        let endpoint = SampleEndpoint(read: { id, response in
            let body: SampleEndpoint.Body = try response.json()
            return switch body.status {
            case "success": .succeeded([])
            case "processing": .pending
            default: .failed(JobFailure())
            }
        })
        let violations = try await EndpointConformance(endpoint, ids: ["1", "77"]).violations()
        #expect(violations.map(\.rule) == [.unknownStatus])
    }
}

/// Another provider each time it is asked.
private final class Fickle: FetchEndpoint {
    private let count = Mutex(0)

    let name: EndpointName = "example.fickle"
    let baseURL = URL(string: "https://api.example.com")!
    let path: PathTemplate = "fickle/{id}"
    let authorization = Authorization.none

    var provider: ProviderID {
        count.withLock { count in
            count += 1
            return count.isMultiple(of: 2) ? "example" : "elsewhere"
        }
    }

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try SampleEndpoint.answer(to: id, from: response)
    }
}

/// An id that is written otherwise than it is read.
private struct Lossy: FetchID {
    var text: String

    static let jobIDExpectation = "a text"
    var description: String { text + "!" }
    init?(_ text: String) { self.text = text.hasSuffix("!") ? text.lowercased().replacing("!", with: "") : text }
}

private struct LossyEndpoint: FetchEndpoint {
    let name: EndpointName = "example.lossy"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let path: PathTemplate = "lossy/{id}"
    let authorization = Authorization.none

    func answer(to id: Lossy, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try SampleEndpoint.answer(to: id.text, from: response)
    }
}
