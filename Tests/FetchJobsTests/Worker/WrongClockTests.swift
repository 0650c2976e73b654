import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Testing

@Suite("Workers whose wall clock is wrong") struct WrongClockTests {
    @Test(arguments: [-3_600, 0, 3_600] as [Double])
    func `a job that isn't found soon after its submission is polled again`(offset: Double) async throws {
        let harness = WorkerHarness { request in
            request.time > .seconds(30) ? WorkerHarness.success : FetchResponse(status: 404)
        }
        let kinds = try await harness.clock.run {
            let submission = Submission(at: harness.clock.date)
            try await harness.store.add([try DurableJob("example.jobs:1", submitted: submission)])
            try await harness.run([try harness.worker(wallClockOffset: offset)], for: .seconds(300))
            return try await harness.deliveredKinds()
        }
        #expect(kinds == [.succeeded])
    }

    @Test func `each lease leaves the deadline where it was`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        try await harness.clock.run {
            // It is leased ten minutes before its deadline for the first time.
            let job = try DurableJob("example.jobs:1", deadline: .afterAdding(.seconds(7_200)))
            try await harness.store.add([job])
            try await harness.clock.sleep(for: .seconds(6_600))
            try await harness.run([try harness.worker()], for: .seconds(900))
        }
        let last = try #require(harness.requests.last?.time)
        #expect(last <= .seconds(7_200 + 5))
        #expect(last > .seconds(7_100))
    }
}
