import FetchCore
import FetchJobs
import Foundation
import Testing

@Suite("Durable jobs") struct DurableJobTests {
    private func note(ofLength length: Int) -> JSONValue { .string(String(repeating: "x", count: length - 2)) }

    @Test func `a note of 2 KiB is accepted, and one byte more isn't`() throws {
        try DurableJob("example.video:1", note: note(ofLength: 2_048)).validate()
        let error = #expect(throws: JobStoreError.self) {
            try DurableJob("example.video:1", note: note(ofLength: 2_049)).validate()
        }
        #expect(error?.code == .invalidJob)
        #expect(error?.isRetryable == false)
        #expect(error?.description.contains("2049 bytes") == true)
    }

    @Test func `a note of 64 levels is accepted, and one level more isn't`() throws {
        for wrap in [{ JSONValue.array([$0]) }, { JSONValue.object(["a": $0]) }] as [(JSONValue) -> JSONValue] {
            let note = (0..<64).reduce(JSONValue.null) { note, _ in wrap(note) }
            try DurableJob("example.video:1", note: note).validate()
            let error = #expect(throws: JobStoreError.self) {
                try DurableJob("example.video:1", note: wrap(note)).validate()
            }
            #expect(error?.code == .invalidJob)
        }
    }

    @Test func `a reference of 2 KiB is refused without being quoted`() throws {
        let job = try DurableJob("example.video:" + String(repeating: "7", count: 2_048))
        let error = #expect(throws: JobStoreError.self) { try job.validate() }
        #expect(error?.description.contains("7777") == false)
        #expect(error?.job == nil)
    }

    @Test func `long identifiers and numbers that JSON lacks are refused`() throws {
        let long = String(repeating: "t", count: 257)
        for job in [
            try DurableJob("example.video:1", tenant: long),
            try DurableJob("example.video:1", account: AccountID(long)),
            try DurableJob("example.video:1", note: .number(.nan)),
        ] {
            #expect(throws: JobStoreError.self) { try job.validate() }
        }
    }

    @Test func `a deadline counts from the submission or from the adding`() throws {
        let now = Date(timeIntervalSince1970: 1_000_000)
        let submission = Submission(at: now.addingTimeInterval(-100))
        let early = try DurableJob("a.b:1", submitted: submission, deadline: .afterSubmission(.seconds(300)))
        #expect(early.deadline(addedAt: now) == now.addingTimeInterval(200))
        #expect(try DurableJob("a.b:1").deadline(addedAt: now) == now.addingTimeInterval(86_400))
        let future = Submission(at: now.addingTimeInterval(9_000))
        let late = try DurableJob("a.b:1", submitted: future, deadline: .afterSubmission(.seconds(300)))
        #expect(late.deadline(addedAt: now) == now.addingTimeInterval(300))
    }

    @Test func `values keep their form`() throws {
        let submission = Submission(at: Date(timeIntervalSince1970: 5))
        let job = try DurableJob("a.b:1", submitted: submission, tenant: "t", note: 9)
        let stored = StoredJob(id: StoredJobID(rawValue: 7), job, addedAt: Date(timeIntervalSince1970: 9))
        let leased = LeasedJob(stored, at: Date(timeIntervalSince1970: 10))
        let copy = try JSONDecoder().decode(LeasedJob.self, from: JSONEncoder().encode(leased))
        #expect(copy == leased)
        let report = FleetWorker(id: WorkerID(rawValue: 3), jobs: [ProviderAccount("example", "t"): 4])
        #expect(try JSONDecoder().decode(FleetWorker.self, from: JSONEncoder().encode(report)) == report)
    }
}
