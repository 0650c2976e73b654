import FetchCore
import FetchObservability
import Logging
import Testing

@Suite("The limit of equal lines") struct LogRateLimitTests {
    private let entry = LogEntry(level: .warning, message: "again", metadata: [:])
    private let key = LogRateLimit.Key(provider: "example", kind: "throttled")

    private func count(_ entry: LogEntry?) -> Int? {
        entry.map { Int($0.metadata["fetch.count"]?.description ?? "1") ?? 0 }
    }

    @Test func `one line is written in a minute, and the next one has the number of the others`() {
        var limit = LogRateLimit()
        let counts = [0, 10, 59, 60, 61, 119, 120].map { second in
            count(limit.admit(entry, key, burst: 1, at: .seconds(second)))
        }
        #expect(counts == [1, nil, nil, 3, nil, nil, 3])
    }

    @Test func `counted lines are written after their minute, which begins the next one`() {
        var limit = LogRateLimit()
        for second in [0, 10, 20] { _ = limit.admit(entry, key, burst: 1, at: .seconds(second)) }
        #expect(limit.takeCounted(at: .seconds(50)).isEmpty)
        #expect(limit.takeCounted(at: .seconds(60)).map(count) == [2])
        #expect(limit.admit(entry, key, burst: 1, at: .seconds(70)) == nil)
        #expect(count(limit.admit(entry, key, burst: 1, at: .seconds(121))) == 2)
        #expect(limit.takeCounted(at: .seconds(500)).isEmpty)
    }

    @Test func `at the end, everything that was counted is written`() {
        var limit = LogRateLimit()
        for second in 0...4 { _ = limit.admit(entry, key, burst: 2, at: .seconds(second)) }
        #expect(limit.takeCounted(at: nil).map(count) == [3])
        #expect(limit.takeCounted(at: nil).isEmpty)
    }

    @Test func `accounts have limits of their own, up to a number of them`() {
        var limit = LogRateLimit(maximumKeys: 3)
        let written = (1...10).filter { number in
            let key = LogRateLimit.Key(provider: "example", account: AccountID("\(number)"), kind: "throttled")
            return limit.admit(entry, key, burst: 1, at: .zero) != nil
        }
        // The fourth one is the first of those that share a limit.
        #expect(written == [1, 2, 3, 4])
        #expect(limit.takeCounted(at: nil).map(count) == [6])
    }
}
