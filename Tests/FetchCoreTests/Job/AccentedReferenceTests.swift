import FetchCore
import Foundation
import Testing

/// An accent that follows a colon or a slash makes one character of both.
@Suite struct AccentedReferenceTests {
    @Test(arguments: ["\u{301}7", "\u{200D}a", "\u{301}//x", "a:\u{301}b"])
    func `An id that begins with an accent is read as it is printed`(id: String) throws {
        let job = try JobReference(endpoint: "example.video", id: id)
        let copy = try JobReference(job.description)
        #expect(copy == job)
        #expect(Array(copy.id.utf8) == Array(id.utf8))
    }

    @Test func `A URL is no reference with an accent behind its colon either`() {
        #expect(throws: FetchError.self) { try JobReference("https://example.com/\u{301}") }
    }

    @Test func `An accent behind a slash leaves the slash one`() async throws {
        let endpoint = ShapedEndpoint<String>(path: "operations/{+id}")
        let sent = try await endpoint.requests(for: "a/\u{301}b")
        let url = try #require(sent.first?.url)
        #expect(url.absoluteString == "https://api.example.com/v1/operations/a/%CC%81b")
        #expect(try EndpointRegistry(endpoint).reference(for: url)?.id == "a/\u{301}b")
    }
}
