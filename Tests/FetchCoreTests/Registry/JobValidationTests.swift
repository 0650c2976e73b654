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

    @Test(arguments: ["", ".", "..", "a\0b", String(repeating: "7", count: 10_000), "abc"])
    func `a text with an impossible id is refused with what the endpoint takes`(id: String) throws {
        let error = try #require(throws: FetchError.self) { try registry.job("example.numbered:\(id)") }
        #expect(error.code == .invalidID)
        #expect(error.endpoint == "example.numbered")
        #expect(error.message.contains("example.numbered takes an integer"))
    }

    @Test func `a text that is a job of the registry is read`() throws {
        #expect(try registry.job("example.numbered:42").id == "42")
    }

    @Test(arguments: [
        ("Example.Numbered:42", "Did you mean example.numbered?"),
        ("numbered:42", "Did you mean example.numbered?"),
        ("example.pro.numbered:42", "Did you mean example.numbered?"),
    ])
    func `a name that is nearly right is answered with the right one`(text: String, remedy: String) throws {
        let error = try #require(throws: FetchError.self) { try registry.job(text) }
        #expect(error.remedy == remedy)
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
