import FetchCore
import Foundation
import TestSupport
import Testing

@Suite("Stored job durations") struct StoredDurationsTests {
    private var learned: JobDurations {
        var random = SplitMix64(seed: 9)
        return JobDurations(
            learningFrom: (0..<400).map { _ in
                let eta = 40 * exp(0.5 * random.normal())
                return PolledJob(duration: eta * exp(0.3 * random.normal()), eta: eta)
            }
        )
    }

    @Test func `decoded durations equal the encoded ones`() throws {
        for durations in [JobDurations(), JobDurations(learningFrom: [PolledJob(duration: 7)]), learned] {
            let data = try JSONEncoder().encode(durations)
            let restored = try JSONDecoder().decode(JobDurations.self, from: data)
            #expect(restored == durations)
            for eta in [nil, 1, 40, 1_000] as [Double?] {
                #expect(restored.firstRequest(eta: eta) == durations.firstRequest(eta: eta))
            }
        }
    }

    @Test func `decoded durations learn like the original`() throws {
        var durations = learned
        var restored = try JSONDecoder().decode(JobDurations.self, from: JSONEncoder().encode(durations))
        let job = CompletedJob(pendingAt: .seconds(20), doneAt: .seconds(26), expectedAge: .seconds(40))
        durations.learn(job)
        restored.learn(job)
        #expect(restored == durations)
    }

    @Test func `encoded durations are small`() throws {
        #expect(try JSONEncoder().encode(learned).count < 1_500)
        #expect(try PropertyListEncoder().encode(learned).count < 1_500)
        #expect(try JSONEncoder().encode(JobDurations()).count < 100)
    }

    /// Returns the encoding of leading empty histogram edges, run-length encoded, and the edges that follow.
    private static func edges(_ empty: UInt32, _ rest: [Float]) -> Data {
        Data(([empty] + rest.map(\.bitPattern)).flatMap { value in (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) } })
    }

    private struct Stored: Encodable {
        var version = 1
        var ages = edges(3, [0.5, 1, 2])
        var ratios = Data()
        var advantageOfETA = 0.0
    }

    private func restored(_ stored: Stored) throws -> JobDurations {
        try JSONDecoder().decode(JobDurations.self, from: JSONEncoder().encode(stored))
    }

    @Test func `the stored format is decoded as documented`() throws {
        #expect(try restored(Stored()).weight == 2)
        #expect(try restored(Stored(ages: Self.edges(152, [1]), ratios: Self.edges(1, [1]))).weight == 1)
    }

    private static let invalidValues: [Stored] = [
        Stored(version: 0), Stored(version: 2),
        Stored(advantageOfETA: 31), Stored(advantageOfETA: -1e300),
        Stored(ages: Data([1])), Stored(ages: Data([1, 0, 0, 0])), Stored(ages: Data(repeating: 0, count: 10_000)),
        Stored(ages: edges(0, [1])), Stored(ages: edges(153, [1])), Stored(ages: edges(.max, [1])),
        Stored(ages: edges(3, [2, 1])), Stored(ages: edges(3, [-1, 1])), Stored(ages: edges(3, [0])),
        Stored(ages: edges(3, [.nan, 1])), Stored(ages: edges(3, [.nan])), Stored(ages: edges(3, [.infinity])),
        Stored(ages: edges(3, [201])), Stored(ages: edges(3, [.greatestFiniteMagnitude])),
        Stored(ratios: edges(97, [1])), Stored(ratios: edges(3, [3, 2])),
    ]

    @Test(arguments: invalidValues.indices)
    func `values that no jobs can produce are refused`(index: Int) {
        #expect(throws: DecodingError.self) { try restored(Self.invalidValues[index]) }
    }

    @Test(arguments: ["{}", "[]", "null", #"{"version":1}"#, #"{"version":"1"}"#])
    func `JSON of another shape is refused`(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(JobDurations.self, from: Data(json.utf8)) }
    }
}
