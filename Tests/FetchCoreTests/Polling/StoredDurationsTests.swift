import FetchCore
import Foundation
import Testing

@Suite struct `Stored durations of jobs` {
    private var learned: JobDurations {
        var random = SplitMix(state: 9)
        return JobDurations(
            watching: (0..<400).map { _ in
                let eta = 40 * exp(0.5 * random.normal())
                return WatchedJob(duration: eta * exp(0.3 * random.normal()), eta: eta)
            }
        )
    }

    @Test func `are what they were`() throws {
        for durations in [JobDurations(), JobDurations(watching: [WatchedJob(duration: 7)]), learned] {
            let data = try JSONEncoder().encode(durations)
            let restored = try JSONDecoder().decode(JobDurations.self, from: data)
            #expect(restored == durations)
            for eta in [nil, 1, 40, 1_000] as [Double?] {
                #expect(restored.firstRequest(eta: eta) == durations.firstRequest(eta: eta))
            }
        }
    }

    @Test func `go on learning as if nothing had happened`() throws {
        var durations = learned
        var restored = try JSONDecoder().decode(JobDurations.self, from: JSONEncoder().encode(durations))
        let job = CompletedJob(pendingAt: .seconds(20), doneAt: .seconds(26), expectedAge: .seconds(40))
        durations.learn(job)
        restored.learn(job)
        #expect(restored == durations)
    }

    @Test func `are small`() throws {
        #expect(try JSONEncoder().encode(learned).count < 1_500)
        #expect(try PropertyListEncoder().encode(learned).count < 1_500)
        #expect(try JSONEncoder().encode(JobDurations()).count < 100)
    }

    /// The bytes of a number of empty edges and of further ones.
    private static func edges(_ empty: UInt32, _ rest: [Float]) -> Data {
        Data(([empty] + rest.map(\.bitPattern)).flatMap { word in (0..<4).map { UInt8(word >> (8 * $0) & 0xFF) } })
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

    @Test func `are read as the format says`() throws {
        #expect(try restored(Stored()).weight == 2)
        #expect(try restored(Stored(ages: Self.edges(152, [1]), ratios: Self.edges(1, [1]))).weight == 1)
    }

    private static let nonsense: [Stored] = [
        Stored(version: 0), Stored(version: 2),
        Stored(advantageOfETA: 31), Stored(advantageOfETA: -1e300),
        Stored(ages: Data([1])), Stored(ages: Data([1, 0, 0, 0])), Stored(ages: Data(repeating: 0, count: 10_000)),
        Stored(ages: edges(0, [1])), Stored(ages: edges(153, [1])), Stored(ages: edges(.max, [1])),
        Stored(ages: edges(3, [2, 1])), Stored(ages: edges(3, [-1, 1])), Stored(ages: edges(3, [0])),
        Stored(ages: edges(3, [.nan, 1])), Stored(ages: edges(3, [.nan])), Stored(ages: edges(3, [.infinity])),
        Stored(ages: edges(3, [201])), Stored(ages: edges(3, [.greatestFiniteMagnitude])),
        Stored(ratios: edges(97, [1])), Stored(ratios: edges(3, [3, 2])),
    ]

    @Test(arguments: nonsense.indices)
    func `that no jobs can have left are refused`(index: Int) {
        #expect(throws: DecodingError.self) { try restored(Self.nonsense[index]) }
    }

    @Test(arguments: ["{}", "[]", "null", #"{"version":1}"#, #"{"version":"1"}"#])
    func `that aren't any are refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(JobDurations.self, from: Data(text.utf8)) }
    }
}
