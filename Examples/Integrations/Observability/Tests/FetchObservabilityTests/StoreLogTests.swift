import FetchCore
import FetchJobs
import FetchJobsObservability
import Foundation
import Logging
import Testing

@Suite("Lines about a store") struct StoreLogTests {
    private func sample(_ worker: WorkerStatistics) -> StoreSample {
        let date = Date(timeIntervalSince1970: 0)
        let overview = StoreOverview(
            at: date,
            waitingJobs: 0,
            parkedJobs: 0,
            undeliveredOutcomes: 0,
            isEstimate: false,
            fleet: Fleet(at: date, workers: [])
        )
        return StoreSample(overview, oldest: nil, worker: worker)
    }

    @Test func `an endpoint that a worker has left is an error, once`() {
        var log = StoreLog(of: "films")
        var worker = WorkerStatistics()
        worker.leftEndpoints = ["example.clip"]
        let entries = log.entries(for: sample(worker), lastStoreError: nil)
        #expect(entries.map(\.level) == [.error])
        #expect(entries.first?.metadata == ["fetch.endpoint": "example.clip", "fetch.store": "films"])
        #expect(log.entries(for: sample(worker), lastStoreError: nil).isEmpty)
        worker.leftEndpoints.insert("example.voice")
        #expect(log.entries(for: sample(worker), lastStoreError: nil).count == 1)
    }

    @Test func `failed calls are a warning with their number and the latest error`() {
        var log = StoreLog(of: "films")
        var worker = WorkerStatistics()
        worker.failedStoreCalls = 3
        let error = JobStoreError(.unavailable, "no connection")
        #expect(log.entries(for: sample(worker), lastStoreError: error).first?.metadata["fetch.count"] == "3")
        worker.failedStoreCalls = 5
        let later = log.entries(for: sample(worker), lastStoreError: error)
        #expect(later.first?.metadata["fetch.count"] == "2")
        #expect(later.first?.metadata["fetch.message"]?.description.contains("no connection") == true)
        #expect(log.entries(for: sample(worker), lastStoreError: error).isEmpty)
    }
}
