import FetchCore
import FetchJobs
import Foundation
import Testing
import TestSupport

@Suite("Shares of a limit") struct LimitShareTests {
    private static let account = ProviderAccount("example")
    private static let epoch = Date(timeIntervalSince1970: 0)

    private func share(_ rank: Int, of count: Int, _ limits: FetchLimits) -> LimitShare {
        let later = Self.epoch.addingTimeInterval(1)
        let workers = (1...count).map {
            FleetWorker(id: WorkerID(rawValue: Int64($0)), jobs: [Self.account: 1], appliedFleet: later)
        }
        let fleet = Fleet(at: later, workers: workers)
        return LimitShare(
            of: WorkerID(rawValue: Int64(rank)),
            in: limits,
            of: Self.account,
            memberSince: Self.epoch,
            fleet
        )
    }

    @Test(arguments: 1...12, [1, 2, 5, 32])
    func `the shares of a fleet at rest are the limit`(count: Int, limit: Int) {
        let shares = (1...count).map { share($0, of: count, FetchLimits(requestsInFlight: limit)).requestsInFlight }
        #expect(shares.reduce(0, +) == limit)
        #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
        #expect(shares == shares.sorted(by: >))
    }

    @Test func `a rate is divided`() {
        let share = share(1, of: 4, FetchLimits(requestsInFlight: 8, requestsPerSecond: 10))
        #expect(share.requestsPerSecond == 2.5)
        #expect(share.limits == FetchLimits(requestsInFlight: 2, requestsPerSecond: 2.5))
        #expect(self.share(3, of: 3, FetchLimits(requestsInFlight: 2)).limits == nil)
    }

    @Test func `a newcomer has none until the others have applied a fleet with it`() {
        let joined = Self.epoch
        func share(_ applied: Date?) -> LimitShare {
            let old = FleetWorker(id: WorkerID(rawValue: 1), jobs: [Self.account: 1], appliedFleet: applied)
            let new = FleetWorker(id: WorkerID(rawValue: 2), jobs: [Self.account: 1])
            let fleet = Fleet(at: joined.addingTimeInterval(9), workers: [old, new])
            return LimitShare(
                of: new.id,
                in: FetchLimits(requestsInFlight: 4),
                of: Self.account,
                memberSince: joined,
                fleet
            )
        }
        #expect(share(nil) == .none)
        #expect(share(joined) == .none)
        #expect(share(joined.addingTimeInterval(1)).requestsInFlight == 2)
    }

    /// A worker of the simulation. Its membership ends when it sends a report without jobs, received or not.
    private struct SimulatedWorker {
        let id: WorkerID
        var hasJobs = false
        var joined: Date?
        var applied: Date?
        var share = LimitShare.none
    }

    /// Workers join, leave, renew and lose responses at random. The sum of the shares is compared after each step.
    @Test(arguments: 0..<200)
    func `the sum never exceeds the limit`(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let limits = FetchLimits(requestsInFlight: .random(in: 1...9, using: &random), requestsPerSecond: 10)
        var rows: [WorkerID: FleetWorker] = [:]
        var workers = (1...6).map { SimulatedWorker(id: WorkerID(rawValue: Int64($0))) }
        var greatest = 0
        for step in 1...400 {
            let now = Self.epoch.addingTimeInterval(Double(step / 2))
            let index = Int.random(in: workers.indices, using: &random)
            if Int.random(in: 0..<5, using: &random) == 0 {
                workers[index].hasJobs.toggle()
                // A worker without jobs sends nothing.
                if !workers[index].hasJobs { workers[index].share = .none }
            }
            let id = workers[index].id
            let jobs = workers[index].hasJobs ? [Self.account: 1] : [:]
            rows[id] = FleetWorker(id: id, jobs: jobs, appliedFleet: workers[index].applied)
            if jobs.isEmpty { workers[index].joined = nil }
            // The renewal has landed, and its response is lost.
            if Int.random(in: 0..<4, using: &random) == 0 { continue }
            if workers[index].hasJobs { workers[index].joined = workers[index].joined ?? now }
            let fleet = Fleet(at: now, workers: Array(rows.values))
            workers[index].share =
                workers[index].joined.map {
                    LimitShare(of: id, in: limits, of: Self.account, memberSince: $0, fleet)
                } ?? .none
            workers[index].applied = now
            let sum = workers.map(\.share.requestsInFlight).reduce(0, +)
            let rate = workers.compactMap(\.share.requestsPerSecond).reduce(0, +)
            greatest = max(greatest, sum)
            try #require(sum <= limits.requestsInFlight, "step \(step)")
            try #require(rate <= 10.0001)
        }
        #expect(greatest > 0)
    }
}
