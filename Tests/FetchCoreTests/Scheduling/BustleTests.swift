import FetchTesting
import Testing

@Suite struct `Whatever is done with a client` {
    @Test(arguments: [0..<4, 4..<8] as [Range<UInt64>])
    func `its books are right after every step, and empty in the end`(seeds: Range<UInt64>) async throws {
        for seed in seeds {
            let bustle = try Bustle(seed: seed)
            await bustle.depot.clock.run { await bustle.run(60) }
            #expect(bustle.findings.isEmpty, "seed \(seed)")
        }
    }
}
