import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `"Not found"` {
    private let policy = PollingPolicy(notFoundGrace: .seconds(30))

    @Test func `is "not found yet" at first`() async throws {
        let office = Office([.status(404), .status(404), .waiting, .done], policy: policy)
        #expect(await office.wait().output == "parcel")
    }

    @Test func `counts from the first request where nobody knows better`() async throws {
        let office = Office([.status(404)], policy: policy)
        let course = await office.wait()
        let error = try #require(course.fetchError)
        #expect(error.code == .jobNotFound)
        #expect(!error.isRetryable)
        #expect(course.end >= .seconds(30))
        #expect(course.end <= .seconds(60))
    }

    @Test func `counts from the submission, also where that was before the wait`() async throws {
        let office = Office([.status(404)], policy: policy)
        let submission = Submission(at: office.clock.date.addingTimeInterval(-20))
        let course = await office.wait(submitted: submission)
        #expect(course.fetchError?.code == .jobNotFound)
        #expect(course.end >= .seconds(10) && course.end < .seconds(30))
    }

    @Test func `ends at once for a job that was submitted long ago`() async throws {
        let office = Office([.status(404)], policy: policy)
        let course = await office.wait(submitted: Submission(at: office.clock.date.addingTimeInterval(-3_600)))
        #expect(course.fetchError?.code == .jobNotFound)
        #expect(office.requestTimes == [.zero])
    }

    @Test func `counts anew from the last sign of the job`() async throws {
        let script: [ScriptedTransport.Step] = [
            .waiting(wait: 50), .waiting(wait: 1), .status(404), .status(404), .done,
        ]
        let office = Office(script, policy: policy)
        let course = await office.wait(submitted: Submission(at: office.clock.date.addingTimeInterval(-3_600)))
        #expect(course.output == "parcel")
    }

    @Test func `ends the wait for a job that was there and stays away`() async throws {
        let office = Office([.waiting(wait: 50), .waiting(wait: 1), .status(404)], policy: policy)
        let course = await office.wait()
        #expect(course.fetchError?.code == .jobNotFound)
        #expect(course.fetchError?.lastProgress != nil)
        #expect(course.end >= .seconds(80))
    }

    @Test func `isn't counted among the errors`() async throws {
        let policy = PollingPolicy(maximumGap: .seconds(1), toleratedErrors: 0, notFoundGrace: .seconds(30))
        let office = Office(Array(repeating: .status(404), count: 20) + [.done], policy: policy)
        #expect(await office.wait().output == "parcel")
    }

    @Test(arguments: [Duration.zero, .seconds(-5), .seconds(Int64.min)])
    func `is final where there is no grace`(grace: Duration) async throws {
        let office = Office([.status(404), .done], policy: PollingPolicy(notFoundGrace: grace))
        #expect(await office.wait().fetchError?.code == .jobNotFound)
        #expect(office.requestTimes == [.zero])
    }

    @Test func `with an endless grace lasts until the deadline, which says why`() async throws {
        let policy = PollingPolicy(deadline: .seconds(120), notFoundGrace: .seconds(Int64.max))
        let error = try #require(await Office([.status(404)], policy: policy).wait().fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.lastProgress == nil)
        #expect(error.lastError?.code == .jobNotFound)
    }

    @Test func `heeds a hint`() async throws {
        let office = Office([.status(404, headers: ["Retry-After": "9"]), .done], policy: policy)
        _ = await office.wait()
        #expect(office.gaps == [.seconds(9)])
    }
}
