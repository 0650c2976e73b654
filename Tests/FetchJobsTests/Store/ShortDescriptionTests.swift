import FetchCore
import FetchJobs
import Foundation
import Testing

@Suite("Descriptions of outcomes") struct ShortDescriptionTests {
    /// An outcome with everything that a description leaves out.
    private func outcome() throws -> StoredOutcome {
        let job = try DurableJob("example.video:42", tenant: "t-7", account: "a-7", note: ["secret": "sk-note"])
        let error = FetchError(.badRequest, "sk-echo")
        let response = StoredResponse(status: 200, body: Data("sk-body".utf8))
        let end = JobEnd(.unusable, error: error, response: response)
        return StoredOutcome(id: StoredJobID(rawValue: 7), job, end, at: .now)
    }

    @Test func `an outcome is described by its job and the kind of its end`() throws {
        #expect("\(try outcome())" == "example.video:42 unusable")
    }

    @Test func `the result of adding a job is described on one short line`() throws {
        let id = StoredJobID(rawValue: 7)
        #expect("\(AddResult.added(id))" == "added 7")
        #expect("\(AddResult.alreadyWaiting(id))" == "already waiting 7")
        let ended = AddResult.alreadyEnded(try outcome())
        #expect("\(ended)" == "already ended 7: example.video:42 unusable")
        #expect("\([ended, .added(id)])" == "[already ended 7: example.video:42 unusable, added 7]")
    }
}
