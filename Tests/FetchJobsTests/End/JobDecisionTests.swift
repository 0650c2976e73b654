import FetchCore
import FetchJobs
import Foundation
import Testing

@Suite("Decisions about ends") struct JobDecisionTests {
    /// The decision without its details.
    enum Kind: Equatable {
        case end(JobEnd.Kind)
        case giveBack, leaveEndpoint, pauseAccount, park

        init(_ decision: JobDecision) {
            self =
                switch decision {
                case .end(let end): .end(end.kind)
                case .giveBack: .giveBack
                case .leaveEndpoint: .leaveEndpoint
                case .pauseAccount: .pauseAccount
                case .park: .park
                }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let code: FetchError.Code
        let decision: Kind

        init(_ code: FetchError.Code, _ decision: Kind) {
            self.code = code
            self.decision = decision
        }

        var testDescription: String { code.description }
    }

    static let table = [
        Row(.malformedName, .park), Row(.malformedReference, .park), Row(.malformedEndpoint, .leaveEndpoint),
        Row(.duplicateEndpoint, .park), Row(.unknownEndpoint, .leaveEndpoint), Row(.invalidID, .park),
        Row(.missingKey, .pauseAccount), Row(.malformedKey, .pauseAccount),
        Row(.credentialsUnavailable, .pauseAccount), Row(.refusedURL, .park), Row(.concurrentIteration, .park),
        Row(.transportUnavailable, .leaveEndpoint), Row(.badRequest, .park), Row(.unauthorized, .pauseAccount),
        Row(.paymentRequired, .pauseAccount), Row(.forbidden, .park), Row(.jobNotFound, .end(.gone)),
        Row(.rateLimited, .giveBack), Row(.serverError, .giveBack), Row(.redirected, .park),
        Row(.malformedResponse, .giveBack), Row(.responseTooLarge, .park), Row(.unusableOutput, .end(.unusable)),
        Row(.temporarilyRefused, .giveBack), Row(.intercepted, .giveBack), Row(.outputExpired, .end(.expired)),
        Row(.connectionFailed, .giveBack), Row(.untrustedServer, .park), Row(.requestTimeout, .giveBack),
        Row(.deadlineExceeded, .giveBack), Row(.jobFailed, .end(.failed)), Row(.fileExists, .park),
        Row(.fileNotWritten, .park), Row(.storageFull, .park), Row(.incompleteOutput, .giveBack),
        Row(.unexpectedOutput, .giveBack),
    ]

    @Test(arguments: table)
    func `each code has its decision`(row: Row) {
        let decision = JobDecision(FetchError(row.code, "a problem"), isPastDeadline: false)
        #expect(Kind(decision) == row.decision)
    }

    @Test func `the table has each code of the core`() throws {
        let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let source = root.appending(path: "Sources/FetchCore/Job/FetchError+Code.swift")
        let text = try String(contentsOf: source, encoding: .utf8)
        #expect(text.components(separatedBy: "public static let ").count - 1 == Self.table.count)
        #expect(Set(Self.table.map(\.code)).count == Self.table.count)
    }

    @Test(arguments: [
        (JobFailure.Reason.failed, JobEnd.Kind.failed), (.cancelled, .cancelled), (.expired, .expired),
        (.moderated, .moderated),
    ])
    func `the provider's reason is the kind of the end`(reason: JobFailure.Reason, kind: JobEnd.Kind) {
        var error = FetchError(.jobFailed, "the job failed")
        error.failure = JobFailure(reason, message: "no")
        #expect(JobDecision(error, isPastDeadline: false) == .end(JobEnd(kind, error: error)))
    }

    @Test func `the deadline of the stored job decides`() {
        let error = FetchError(.deadlineExceeded, "late")
        #expect(Kind(JobDecision(error, isPastDeadline: true)) == .end(.deadline))
    }

    @Test func `an error that can't be retried isn't an end while its cause can be removed`() {
        for code in [FetchError.Code.malformedResponse, .serverError, .unauthorized, .forbidden] {
            var error = FetchError(code, "a problem", isRetryable: false)
            error.hasJobEnded = true
            if case .end = JobDecision(error, isPastDeadline: true) { Issue.record("\(code) ends the job") }
        }
    }

    @Test(arguments: [(0, 10), (30, 30), (100_000, 3_600)])
    func `the delay that a server asks for is clamped`(asked: Int, used: Int) {
        let error = FetchError(.rateLimited, "slow down", retryAfter: .seconds(asked))
        #expect(JobDecision(error, isPastDeadline: false) == .giveBack(after: .seconds(used)))
    }

    @Test func `an output is an end with its artifacts`() throws {
        let job = try JobReference("example.video:1")
        let artifact = Artifact(.text("done"))
        let outcome = JobOutcome(job, .succeeded(StoredOutput([artifact])), requests: 3)
        #expect(
            JobDecision(outcome, isPastDeadline: false)
                == .end(JobEnd(.succeeded, artifacts: [artifact], requests: 3))
        )
    }
}
