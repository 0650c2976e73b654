import FetchCore
import Foundation
import TestSupport
import Testing

/// Tests with combining characters, which form one Swift `Character` with a preceding colon or slash.
@Suite("Combining characters in job references") struct CombiningCharacterTests {
    @Test(arguments: ["\u{301}7", "\u{200D}a", "\u{301}//x", "a:\u{301}b"])
    func `an ID that begins with a combining character survives its description`(id: String) throws {
        let job = try JobReference(endpoint: "example.video", id: id)
        let copy = try JobReference(job.description)
        #expect(copy == job)
        #expect(Array(copy.id.utf8) == Array(id.utf8))
    }

    @Test func `a URL with a combining character after its colon is still refused as a reference`() {
        #expect(throws: FetchError.self) { try JobReference("https://example.com/\u{301}") }
    }

    @Test func `a slash before a combining character still separates segments`() async throws {
        let endpoint = ConfigurableEndpoint<String>(path: "operations/{+id}")
        let sent = try await endpoint.requests(for: "a/\u{301}b")
        let url = try #require(sent.first?.url)
        #expect(url.absoluteString == "https://api.example.com/v1/operations/a/%CC%81b")
        #expect(try EndpointRegistry(endpoint).reference(for: url)?.id == "a/\u{301}b")
    }
}
