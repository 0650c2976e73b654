import FetchJobs
import Foundation
import Testing

@Suite("Errors of stores") struct JobStoreErrorTests {
    @Test(arguments: [
        (JobStoreError.Code.invalidJob, "The job can't be stored.", nil),
        (.unavailable, "The store of the jobs isn't available.", "Try again later."),
        (.unusable, "The store of the jobs can't be used.", nil),
        (.full, "The store of the jobs has no space left.", "Try again later."),
    ])
    func `each code has a sentence for people`(code: JobStoreError.Code, sentence: String, advice: String?) {
        let error = JobStoreError(code, "the details")
        #expect(error.errorDescription == sentence)
        #expect(error.localizedDescription == sentence)
        #expect(error.recoverySuggestion == advice)
    }

    @Test func `the remedy is the suggestion, also if trying again may help`() {
        let error = JobStoreError(.full, "the disk is full", remedy: "Free space on the disk.")
        #expect(error.recoverySuggestion == "Free space on the disk.")
        #expect(error.description == "the disk is full (full). Retrying may help. Free space on the disk.")
    }
}
