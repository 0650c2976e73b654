import FetchTesting
import Testing

@Suite("Random operations on a client") struct RandomizedWorkloadTests {
    @Test(arguments: [0..<4, 4..<8] as [Range<UInt64>])
    func `the scheduler's invariants hold after every operation, and no state is left at the end`(seeds: Range<UInt64>)
        async throws
    {
        for seed in seeds {
            let workload = try RandomizedWorkload(seed: seed)
            await workload.harness.clock.run { await workload.run(60) }
            #expect(workload.violations.isEmpty, "seed \(seed)")
        }
    }
}
