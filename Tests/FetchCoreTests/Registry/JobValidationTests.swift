import FetchCore
import Foundation
import TestSupport
import Testing

@Suite("Job validation by a registry") struct JobValidationTests {
    private let registry: EndpointRegistry

    init() throws {
        registry = try EndpointRegistry(ConfigurableEndpoint<Int64>(name: "example.numbered", path: "jobs/{id}"))
    }

    @Test func `a job of a registered endpoint with an id of its type is valid`() throws {
        try registry.validate(JobReference("example.numbered:42"))
    }

    @Test(arguments: ["abc", "1.5", "+7", "007", "42 ", "99999999999999999999"])
    func `an ID of another type is refused with the endpoint and the expected form`(id: String) throws {
        let job = try JobReference(endpoint: "example.numbered", id: id)
        let error = try #require(throws: FetchError.self) { try registry.validate(job) }
        #expect(error.code == .invalidID)
        #expect(error.endpoint == "example.numbered")
        #expect(error.id == id)
        #expect(error.description.contains("an integer"))
    }

    @Test(arguments: ["", ".", "..", "a\0b", String(repeating: "7", count: 10_000), "abc"])
    func `a reference with an invalid ID is refused with the expected form`(id: String) throws {
        let error = try #require(throws: FetchError.self) { try registry.job("example.numbered:\(id)") }
        #expect(error.code == .invalidID)
        #expect(error.endpoint == "example.numbered")
        #expect(error.message.contains("example.numbered takes an integer"))
    }

    @Test func `a reference to a registered endpoint is parsed`() throws {
        #expect(try registry.job("example.numbered:42").id == "42")
    }

    @Test(arguments: [
        ("Example.Numbered:42", "Did you mean example.numbered?"),
        ("numbered:42", "Did you mean example.numbered?"),
        ("example.pro.numbered:42", "Did you mean example.numbered?"),
    ])
    func `the error for a similar name suggests the right one`(text: String, remedy: String) throws {
        let error = try #require(throws: FetchError.self) { try registry.job(text) }
        #expect(error.remedy == remedy)
    }

    @Test func `an unregistered endpoint is refused with a similar name`() throws {
        let job = try JobReference("example.numberd:42")
        let error = try #require(throws: FetchError.self) { try registry.validate(job) }
        #expect(error.code == .unknownEndpoint)
        #expect(error.description.contains("example.numbered"))
    }
}
