import FetchCore
import FetchJobs
import Foundation
import Testing

@Suite("The size of an end") struct JobEndSizeTests {
    private func size(_ end: JobEnd) throws -> Int { try JSONEncoder().encode(end).count }

    @Test func `a small end stays as it is`() {
        let end = JobEnd(.succeeded, artifacts: [Artifact(.text("done"))])
        #expect(end.bounded == end)
    }

    @Test func `of a large output the links stay`() throws {
        let link = Artifact(link: try #require(URL(string: "https://example.com/a.mp4")))
        let data = Artifact(.data(Data(repeating: 1, count: 1_000_000)))
        let end = JobEnd(.succeeded, artifacts: [link, data]).bounded
        #expect(end.artifacts.first == link)
        #expect(end.artifacts.last?.problem != nil)
        #expect(try size(end) <= JobEnd.maximumSize)
    }

    @Test func `twenty thousand links are bounded`() throws {
        let link = Artifact(link: try #require(URL(string: "https://example.com/a.mp4")))
        let end = JobEnd(.succeeded, artifacts: Array(repeating: link, count: 20_000)).bounded
        #expect(try size(end) <= JobEnd.maximumSize)
        #expect(end.artifacts.count == 1)
    }

    @Test func `a large error keeps its code and its reason`() throws {
        var error = FetchError(.jobFailed, String(repeating: "x", count: 600_000))
        error.failure = JobFailure(.moderated, message: String(repeating: "y", count: 600_000))
        let end = EndedJob(StoredJobID(rawValue: 1), JobEnd(.moderated, error: error)).end
        #expect(try size(end) <= JobEnd.maximumSize)
        #expect(end.error?.code == .jobFailed)
        #expect(end.failure?.reason == .moderated)
    }
}
