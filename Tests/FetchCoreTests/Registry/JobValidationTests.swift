import FetchCore
import Foundation
import Testing

@Suite struct JobValidationTests {
    private let registry: EndpointRegistry

    init() throws {
        registry = try EndpointRegistry(Numbered())
    }

    @Test func `a job of a registered endpoint with an id of its type is valid`() throws {
        try registry.validate(JobReference("example.numbered:42"))
    }

    @Test(arguments: ["abc", "1.5", "+7", "007", "42 ", "99999999999999999999"])
    func `an id of another type is refused by the name of the endpoint and what it takes`(id: String) throws {
        let job = try JobReference(endpoint: "example.numbered", id: id)
        let error = try #require(throws: FetchError.self) { try registry.validate(job) }
        #expect(error.code == .invalidID)
        #expect(error.endpoint == "example.numbered")
        #expect(error.id == id)
        #expect(error.description.contains("an integer"))
    }

    @Test func `an endpoint that isn't registered is refused, with a name that is near`() throws {
        let job = try JobReference("example.numberd:42")
        let error = try #require(throws: FetchError.self) { try registry.validate(job) }
        #expect(error.code == .unknownEndpoint)
        #expect(error.description.contains("example.numbered"))
    }
}

private struct Numbered: FetchEndpoint {
    let name: EndpointName = "example.numbered"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.none

    func answer(to id: Int64, from response: FetchResponse) throws -> FetchAnswer<String> { .pending }
}
