import FetchJobs
import Foundation
import Testing

/// Random runs of a fleet on a virtual clock, of real workers over the store in memory. A seed gives the same faults.
///
/// The invariants, and where they are checked:
///
/// 1. Each added job is waiting or has ended, never both and never neither: `FleetInvariants.check`, every three
///    seconds and at the end, when all have ended.
/// 2. A job has one outcome, which never changes, and a tenant waits for a reference once: `FleetInvariants.check`.
/// 3. Nothing is written by a worker that hasn't leased the job: `FaultyConnection.record` and `giveBack`, also for
///    calls that arrive late. No lease stays with a worker that doesn't know it: all jobs end.
/// 4. No worker sends after its own time is over: `SimulatedProvider.begin`, which knows when each worker's renewals
///    were sent. Workers are suspended beyond their time and continued.
/// 5. The requests in flight of an account never exceed its limit, although workers come and go, and some responses
///    take 20 seconds: `SimulatedProvider.begin`. It doesn't count a request that was in flight when its process was
///    suspended, from the end of the worker's time on.
/// 6. A worker neither leases nor polls jobs of an endpoint that it doesn't know: `FaultyConnection.lease` and
///    `SimulatedProvider.begin`.
/// 7. After the end of a worker, its leases end within its time to live and two rounds of clearing up, and later if
///    the other processes are suspended and their calls stall: `FleetInvariants.check`. In `JobWorkerTests`, the jobs are polled again within 75 seconds.
/// 8. A poisonous job is parked after five deaths, not before, and isn't leased then: `FleetInvariants.noteMending`.
///    Others may have died with it five times. All end after they were retried.
/// 9. Each outcome is delivered, and not again once it is acknowledged, however readers die: `FleetInvariants`.
/// 10. A failure before or after any call of a worker changes nothing: `JobWorkerTests`, and for stores
///     `JobStoreConformance.checkInterruptions()`.
@Suite("A simulated fleet") struct SimulatedFleetTests {
    /// `FETCHKIT_RANDOM_RUNS` in the environment is the number of runs.
    static let runs = ProcessInfo.processInfo.environment["FETCHKIT_RANDOM_RUNS"].flatMap { UInt64($0) } ?? 3

    @Test(arguments: 1...max(runs, 1))
    func `the invariants hold in a random run`(seed: UInt64) async throws {
        let report = try await SimulatedFleet(seed: seed).run()
        #expect(report.violations == [], "seed \(seed)")
        #expect(report.elapsed < SimulatedFleet.longestRun)
    }

    @Test func `the runs contain what they are about`() async throws {
        var ends: Set<JobEnd.Kind> = []
        var (parked, throttles, kills, suspensions) = (0, 0, 0, 0)
        for seed in 1...3 as ClosedRange<UInt64> {
            let report = try await SimulatedFleet(seed: seed).run()
            ends.formUnion(report.ends.keys)
            parked += report.parked
            throttles += report.throttles
            kills += report.kills
            suspensions += report.suspensions
        }
        #expect(ends == [.succeeded, .failed, .cancelled, .deadline])
        #expect(parked > 0)
        #expect(throttles > 3)
        #expect(kills > 5)
        #expect(suspensions > 5)
    }
}
