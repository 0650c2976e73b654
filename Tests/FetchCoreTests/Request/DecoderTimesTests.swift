import FetchCore
import Testing

@Suite("Times of decoders") struct DecoderTimesTests {
    private var times = DecoderTimes()
    private var now = ContinuousClock.now

    private mutating func run(_ bytes: Int = 100, taking duration: Duration = .milliseconds(1)) {
        let start = now
        now += duration
        times.note(bytes, from: start, to: now)
    }

    /// Returns true if a body is expected to be decoded quickly.
    private func isQuick(_ bytes: Int = 100) -> Bool { bytes <= times.quickSize }

    /// The number of quick runs until the decoder counts as quick, at most 100.
    private mutating func runsUntilQuick() -> Int {
        var runs = 0
        while !isQuick(), runs < 100 {
            run()
            runs += 1
        }
        return runs
    }

    @Test mutating func `a decoder that hasn't run isn't expected to be quick, and after one quick run it is`() {
        #expect(!isQuick(0))
        #expect(runsUntilQuick() == 1)
    }

    @Test mutating func `one slow run requires one quick run, and further ones within ten seconds more`() {
        run()
        for required in [1, 8, 64, 64] {
            run(taking: .milliseconds(5))
            #expect(!isQuick())
            #expect(runsUntilQuick() == required)
        }
    }

    @Test mutating func `a slow run is forgotten after ten seconds`() {
        run(taking: .milliseconds(20))
        run(taking: .milliseconds(20))
        now += .seconds(10)
        run(taking: .milliseconds(20))
        #expect(runsUntilQuick() == 1)
    }

    @Test mutating func `a run of just under five milliseconds is quick`() {
        run(taking: .microseconds(4_999))
        #expect(isQuick())
    }

    @Test mutating func `bodies of up to 16 KiB are expected to be as quick as a small one, and larger ones aren't`() {
        run(10)
        #expect(isQuick(16_384))
        #expect(!isQuick(16_385))
    }

    @Test mutating func `bodies of up to four times the size of one that was quick are expected to be quick`() {
        run(100_000)
        #expect(isQuick(400_000))
        #expect(!isQuick(400_001))
        run(10)
        #expect(isQuick(400_000))
    }
}
