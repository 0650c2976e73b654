import FetchCore
import Foundation
import Testing

/// Tests of what an application shows to people, and of the numbers of codes.
@Suite("Error sentences for people") struct ErrorSentenceTests {
    /// The names and numbers of all codes. A number never changes: add lines, and edit none.
    static let numbers: [(FetchError.Code, String, Int)] = [
        (.malformedName, "malformedName", 1001), (.malformedReference, "malformedReference", 1002),
        (.malformedEndpoint, "malformedEndpoint", 1003), (.duplicateEndpoint, "duplicateEndpoint", 1004),
        (.unknownEndpoint, "unknownEndpoint", 1005), (.invalidID, "invalidID", 1006),
        (.missingKey, "missingKey", 1007), (.malformedKey, "malformedKey", 1008),
        (.credentialsUnavailable, "credentialsUnavailable", 1009), (.refusedURL, "refusedURL", 1010),
        (.concurrentIteration, "concurrentIteration", 1011),
        (.transportUnavailable, "transportUnavailable", 2001),
        (.badRequest, "badRequest", 3001), (.unauthorized, "unauthorized", 3002),
        (.paymentRequired, "paymentRequired", 3003), (.forbidden, "forbidden", 3004),
        (.jobNotFound, "jobNotFound", 3005), (.rateLimited, "rateLimited", 3006), (.serverError, "serverError", 3007),
        (.redirected, "redirected", 3008), (.malformedResponse, "malformedResponse", 3009),
        (.responseTooLarge, "responseTooLarge", 3010), (.unusableOutput, "unusableOutput", 3011),
        (.temporarilyRefused, "temporarilyRefused", 3012), (.intercepted, "intercepted", 3013),
        (.outputExpired, "outputExpired", 3014),
        (.connectionFailed, "connectionFailed", 4001), (.untrustedServer, "untrustedServer", 4002),
        (.requestTimeout, "requestTimeout", 4003), (.deadlineExceeded, "deadlineExceeded", 4004),
        (.jobFailed, "jobFailed", 4005),
        (.fileExists, "fileExists", 5001), (.fileNotWritten, "fileNotWritten", 5002),
        (.storageFull, "storageFull", 5003), (.incompleteOutput, "incompleteOutput", 5004),
        (.unexpectedOutput, "unexpectedOutput", 5005),
    ]

    @Test(arguments: numbers)
    func `the name and the number of a code never change`(code: FetchError.Code, name: String, number: Int) {
        #expect(code.description == name)
        #expect(code.number == number)
    }

    @Test func `codes have distinct numbers and are equal by them`() {
        #expect(Set(Self.numbers.map(\.2)).count == Self.numbers.count)
        #expect(Set(Self.numbers.map(\.0)).count == Self.numbers.count)
        #expect(Set(FetchError.Code.all) == Set(Self.numbers.map(\.0)))
    }

    /// Returns an error with a value in every property that a sentence must not contain.
    private func error(_ code: FetchError.Code, failure: JobFailure? = nil, remedy: String? = nil) -> FetchError {
        var error = FetchError(code, "job 4711 of “someone” failed", remedy: remedy, retryAfter: .seconds(4711))
        error.endpoint = "example.video"
        error.id = "4711"
        error.httpStatus = 471
        error.failure = failure
        error.lastProgress = JobProgress(message: "4711")
        return error
    }

    @Test(arguments: numbers)
    func `errorDescription is one short sentence without ids and variables`(
        code: FetchError.Code,
        name: String,
        number: Int
    ) throws {
        let sentence = try #require(error(code).errorDescription)
        #expect(sentence == FetchError(code, "another message").errorDescription)
        expectSentence(sentence)
    }

    @Test(arguments: [JobFailure.Reason.failed, .cancelled, .expired, .moderated])
    func `errorDescription of a failed job depends on the reason`(reason: JobFailure.Reason) throws {
        let failure = JobFailure(reason, message: "worker 4711 crashed", code: "4711")
        let sentence = try #require(error(.jobFailed, failure: failure).errorDescription)
        expectSentence(sentence)
        #expect((sentence == "The job failed.") == (reason == .failed))
    }

    private func expectSentence(_ sentence: String) {
        #expect(sentence.count <= 60)
        #expect(sentence.first?.isUppercase == true)
        #expect(sentence.hasSuffix(".") && sentence.count { $0 == "." } == 1)
        #expect(!sentence.contains { $0.isNumber || $0.isNewline || "“”:;(".contains($0) })
    }

    @Test func `recoverySuggestion is the remedy, or the advice to try again`() {
        #expect(error(.missingKey, remedy: "Set the variable.").recoverySuggestion == "Set the variable.")
        #expect(error(.connectionFailed).recoverySuggestion == "Try again later.")
        #expect(error(.jobFailed).recoverySuggestion == nil)
    }

    @Test func `an error has a stable domain and the number of its code, and both sentences as user info`() {
        let error = error(.unauthorized, remedy: "Check the key.")
        #expect(FetchError.errorDomain == "FetchCore.FetchError")
        #expect(error.errorCode == 3002)
        #expect(error.errorUserInfo["NSLocalizedDescription"] as? String == "The provider refused the key.")
        #expect(error.errorUserInfo["NSLocalizedRecoverySuggestion"] as? String == "Check the key.")
        #expect(error.errorUserInfo["NSDebugDescription"] as? String == error.description)
        #expect(self.error(.jobFailed).errorUserInfo["NSLocalizedRecoverySuggestion"] == nil)
        #expect((error as any Error).localizedDescription == "The provider refused the key.")
    }
}
