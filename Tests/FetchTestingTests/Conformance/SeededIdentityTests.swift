import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

/// Mistakes in an endpoint's name, provider and ids. Some of them need their own types.
@Suite("Identity rules of endpoint conformance") struct SeededIdentityTests {
    @Test func `a name shared with a neighbour is reported`() async throws {
        let registry = try EndpointRegistry(SampleEndpoint())
        let other = SampleEndpoint(path: "other/{id}")
        let violations = try await EndpointConformance(other, ids: ["1", "77"], registeredWith: registry).violations()
        #expect(violations.map(\.rule) == [.noConflicts])
        #expect(violations.first?.explanation.contains("registered already") == true)
    }

    @Test func `a URL shared with a neighbour is reported`() async throws {
        let registry = try EndpointRegistry(SampleEndpoint(name: "example.first"))
        let violations = try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"], registeredWith: registry)
            .violations()
        #expect(Set(violations.map(\.rule)) == [.noConflicts])
        #expect(violations.first?.explanation.contains("belongs to example.first") == true)
    }

    @Test func `a provider that changes between accesses is reported`() async throws {
        let violations = try await EndpointConformance(UnstableEndpoint(), ids: ["1", "77"]).violations()
        #expect(violations.contains { $0.rule == .stability && $0.explanation.contains("provider") })
    }

    @Test func `an id that doesn't survive parsing is reported`() async throws {
        let ids = [Lossy("Ab"), Lossy("Cd")].compactMap(\.self)
        let violations = try await EndpointConformance(LossyEndpoint(), ids: ids).violations()
        #expect(violations.contains { $0.rule == .idText && $0.explanation.contains("is parsed as “ab!”") })
    }

    @Test func `different ids with the same request are reported`() async throws {
        let endpoint = SampleEndpoint(path: "room/fetch/{room}", idForm: "{house}/{room}")
        let violations = try await EndpointConformance(endpoint, ids: ["1/7", "2/7"]).violations()
        #expect(violations.contains { $0.rule == .distinctRequests && $0.explanation.contains("“2/7”") })
    }

    @Test(arguments: [[], ["1"], ["1", "1"]])
    func `fewer than two different ids are reported`(ids: [String]) async throws {
        let violations = try await EndpointConformance(SampleEndpoint(), ids: ids).violations()
        #expect(violations.map(\.rule) == [.sampleIDs])
    }

    @Test func `an endpoint that decodes no common response as a success needs a fixture`() async throws {
        let endpoint = SampleEndpoint(decode: { id, response in
            let body: JSONValue = try response.json()
            return body["phase"] == "over" ? .succeeded([URL(string: "https://example.com/a")!]) : .pending
        })
        let without = try await EndpointConformance(endpoint, ids: ["1", "77"]).violations()
        #expect(without.map(\.rule) == [.reachesEnd])
        #expect(without.first?.explanation.contains("Pass the fixture .succeeded(…)") == true)
        try await EndpointConformance(endpoint, ids: ["1", "77"], fixtures: [.succeeded(#"{"phase":"over"}"#)]).check()
    }

    @Test func `an unknown status decoded as a failure is reported without fixtures`() async throws {
        let endpoint = SampleEndpoint(decode: { id, response in
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

/// An endpoint whose provider differs on every access.
private final class UnstableEndpoint: FetchEndpoint {
    private let count = Mutex(0)

    let name: EndpointName = "example.unstable"
    let baseURL = URL(string: "https://api.example.com")!
    let method = RequestMethod.post
    let path: PathTemplate = "unstable/{id}"
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

/// An id whose description isn't parsed as the same id.
private struct Lossy: FetchID {
    var text: String

    static let jobIDExpectation = "a string"
    var description: String { text + "!" }
    init?(_ text: String) { self.text = text.hasSuffix("!") ? text.lowercased().replacing("!", with: "") : text }
}

private struct LossyEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "example.lossy"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let method = RequestMethod.post
    let path: PathTemplate = "lossy/{id}"
    let authorization = Authorization.none

    func answer(to id: Lossy, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try SampleEndpoint.answer(to: id.text, from: response)
    }
}
