import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Lists of the store in memory") struct JobListingTests {
    /// Returns all jobs of a kind, page by page.
    private func all(_ kind: JobPage.Kind, _ store: InMemoryJobStore, pageOf limit: Int) async throws -> [StoredJobID] {
        var ids: [StoredJobID] = []
        while true {
            let page = try await store.jobs(JobPage(kind, after: ids.last, limit: limit))
            ids += page.map(\.id)
            guard page.count == limit else { return ids }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `pages have each job once, whatever happened before`(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let clock = TrialClock()
        let store = InMemoryJobStore(date: { clock.date })
        let worker = try await store.register("worker", timeToLive: .seconds(1_000_000))
        let request = LeaseRequest("example", endpoints: ["example.jobs"], limit: 5)
        var (waiting, parked, leased): (Set<StoredJobID>, Set<StoredJobID>, Set<StoredJobID>) = ([], [], [])
        for number in 1...400 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0..<2:
                for result in try await store.add([DurableJob("example.jobs:\(number)")]) { waiting.insert(result.id) }
            case 2: leased.formUnion(try await store.lease(request, by: worker).map(\.id))
            case 3:
                guard let id = leased.sorted().randomElement(using: &random) else { break }
                let isParked = Bool.random(using: &random)
                try await store.giveBack([ReturnedJob(id, parkedReason: isParked ? "a reason" : nil)], by: worker)
                leased.remove(id)
                if isParked { parked.insert(id) }
            case 4:
                guard let id = leased.sorted().randomElement(using: &random) else { break }
                _ = try await store.record([EndedJob(id, JobEnd(.succeeded))], by: worker)
                leased.remove(id)
                waiting.remove(id)
            default:
                guard let id = parked.sorted().randomElement(using: &random) else { break }
                try await store.retry([id])
                parked.remove(id)
            }
            guard number.isMultiple(of: 20) else { continue }
            #expect(try await all(.waiting, store, pageOf: 7) == waiting.sorted())
            #expect(try await all(.parked, store, pageOf: 3) == parked.sorted())
            #expect(try await store.leases(of: worker, after: nil, limit: 1_000).map(\.id) == leased.sorted())
        }
    }
}
