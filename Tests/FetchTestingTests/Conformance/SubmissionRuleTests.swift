import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Conformance of submissions") struct SubmissionRuleTests {
    private static let queued = SubmissionFixture.queued(
        FetchResponse(json: #"{"id":"a1","status":"processing","eta":20}"#),
        id: "a1",
        eta: .seconds(20)
    )

    /// Returns the explanations of the violations of an endpoint with this form.
    private func explanations(_ form: SubmissionForm, _ submissions: [SubmissionFixture]) async throws -> [String] {
        let violations = try await EndpointConformance(
            SampleEndpoint(submission: form),
            ids: ["1", "77"],
            submissions: submissions
        ).violations()
        #expect(violations.allSatisfy { $0.rule == .submissions })
        return violations.map(\.explanation)
    }

    @Test func `a form that finds the id, the ETA and the end conforms`() async throws {
        let found = try await explanations(
            SubmissionForm(id: "id", eta: "eta", hasState: true),
            [
                Self.queued,
                .succeeded(FetchResponse(json: #"{"status":"success","output":["https://example.com/a.png"]}"#)),
                .failed(FetchResponse(json: #"{"id":"a1","status":"failed","message":"no room was found"}"#)),
                .refused(FetchResponse(json: #"{"message":"no key"}"#, status: 401), as: .unauthorized),
            ]
        )
        #expect(found.isEmpty, "\(found)")
    }

    @Test func `a misspelt place of the id is reported`() async throws {
        let found = try await explanations(SubmissionForm(id: "task_id", eta: "eta"), [Self.queued])
        #expect(found.count == 1)
        #expect(found.first?.contains("but read as an error (malformedResponse") == true, "\(found)")
        #expect(found.first?.contains("nothing is at task_id") == true, "\(found)")
    }

    @Test func `a misspelt place of the ETA is reported`() async throws {
        let found = try await explanations(SubmissionForm(id: "id", eta: "seconds"), [Self.queued])
        #expect(found.count == 1)
        #expect(found.first?.contains("but read as the job “a1” with no ETA") == true, "\(found)")
    }

    @Test func `a state that isn't declared is reported`() async throws {
        let done = FetchResponse(json: #"{"id":"a1","status":"success","output":["https://example.com/a.png"]}"#)
        let found = try await explanations(SubmissionForm(id: "id"), [.succeeded(done)])
        #expect(found.count == 1)
        #expect(found.first?.contains("was declared as succeeded but read as the job “a1”") == true, "\(found)")
    }

    @Test func `an endpoint without a form reads no submission`() async throws {
        let found = try await explanations(.none, [Self.queued])
        #expect(found.first?.contains("doesn't declare where the response to a submission has the job") == true)
    }
}
