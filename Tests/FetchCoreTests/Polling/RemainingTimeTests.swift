import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Expected remaining time") struct RemainingTimeTests {
    /// Durations of jobs that took 80 to 100 s, with a given ETA.
    private func learned(eta: Duration? = nil) -> JobDurations {
        var durations = JobDurations()
        for number in 0..<100 {
            durations.learn(CompletedJob(took: .seconds(80 + Double(number * 37 % 100) / 5), expectedAge: eta))
        }
        return durations
    }

    /// Durations of jobs that took three times as long as their ETAs.
    private var learnedFromShortETAs: JobDurations {
        var durations = JobDurations()
        for number in 0..<100 {
            let eta = 10 + Double(number * 37 % 100)
            durations.learn(CompletedJob(took: .seconds(3 * eta), expectedAge: .seconds(eta)))
        }
        return durations
    }

    @Test func `learned durations give the range in which half of the jobs end`() throws {
        let remaining = try #require(learned().expectedRemaining(age: .seconds(30)))
        #expect(remaining.lowerBound > .seconds(50) && remaining.lowerBound < .seconds(60))
        #expect(remaining.upperBound > .seconds(60) && remaining.upperBound < .seconds(70))
    }

    @Test func `the range takes into account how long a job has taken already`() throws {
        let durations = learned()
        let young = try #require(durations.expectedRemaining(age: .zero))
        let old = try #require(durations.expectedRemaining(age: .seconds(90)))
        #expect(young.lowerBound > .seconds(75))
        #expect(old.upperBound < .seconds(12))
        // Longer than any earlier job: it may take very long.
        let late = try #require(durations.expectedRemaining(age: .seconds(150)))
        #expect(late.upperBound > .seconds(60))
    }

    @Test func `an ETA that is always too short is corrected`() throws {
        let remaining = try #require(learnedFromShortETAs.expectedRemaining(age: .zero, eta: .seconds(60)))
        #expect(remaining.lowerBound > .seconds(160) && remaining.upperBound < .seconds(200), "\(remaining)")
    }

    @Test func `without learned jobs an ETA gives a range, and nothing gives none`() throws {
        let remaining = try #require(JobDurations().expectedRemaining(age: .zero, eta: .seconds(60)))
        #expect(remaining.lowerBound > .seconds(10) && remaining.upperBound > .seconds(60))
        #expect(JobDurations().expectedRemaining(age: .seconds(30)) == nil)
    }

    @Test(arguments: [
        Duration.seconds(-5), .zero, .nanoseconds(1), .seconds(1), .seconds(3_600), .seconds(86_400),
        .seconds(1_000_000), .seconds(9_000_000_000_000_000),
    ])
    func `any age and any ETA give a range of finite times or none`(age: Duration) {
        for durations in [JobDurations(), learned(), learned(eta: .seconds(30))] {
            for eta in [nil, age, .zero, .seconds(60), .seconds(9_000_000_000_000_000)] {
                guard let remaining = durations.expectedRemaining(age: age, eta: eta) else { continue }
                #expect(remaining.lowerBound >= .zero && remaining.upperBound < .seconds(3_155_760_001))
            }
        }
    }

    @Test func `a moment answers as the durations do`() {
        let moment = PollingMoment(age: .seconds(30), durations: learned())
        #expect(moment.expectedRemaining == learned().expectedRemaining(age: .seconds(30)))
        #expect(PollingMoment(age: .seconds(30)).expectedRemaining == nil)
    }
}
