import FetchCore
import Foundation
import Testing

@Suite struct `The equal-risk schedule` {
    /// `ETA · ((1−p)^−k − 1)^(1/β)`, as Munford and Shahani have it.
    private func closedForm(_ request: Int, eta: Double) -> Double {
        eta * pow(pow(1 - 0.22, -Double(request)) - 1, 1 / 2.75)
    }

    @Test(arguments: [0.5, 1, 20, 60, 600, 86_400])
    func `asks at the times of the closed form`(eta: Double) {
        let schedule = EqualRiskSchedule()
        var age = Duration.zero
        for request in 1...30 {
            age += schedule.gap(at: PollingMoment(age: age, expectedAge: .seconds(eta), requests: request))
            let expected = closedForm(request, eta: eta)
            #expect(abs(age.seconds - expected) < 1e-6 * max(expected, 1))
        }
    }

    @Test func `takes the usual age for the ETA where there is none`() {
        let usual = EqualRiskSchedule.equalRisk(usualAge: .seconds(90))
        for age in [0, 30, 90, 500] {
            let unknown = PollingMoment(age: .seconds(age))
            let known = PollingMoment(age: .seconds(age), expectedAge: .seconds(90))
            #expect(usual.gap(at: unknown) == usual.gap(at: known))
            #expect(usual.gap(at: unknown) == EqualRiskSchedule().gap(at: known))
        }
    }

    @Test func `needs no count of requests`() {
        let gaps = [0, 1, 50, .max].map {
            EqualRiskSchedule().gap(at: PollingMoment(age: .seconds(40), expectedAge: .seconds(60), requests: $0))
        }
        #expect(Set(gaps).count == 1)
    }

    @Test func `costs a late job at most a tenth of its age`() {
        for age in stride(from: 300.0, to: 1e6, by: 9_973) {
            let gap = EqualRiskSchedule().gap(at: PollingMoment(age: .seconds(age), expectedAge: .seconds(100)))
            #expect(gap.seconds <= age / 10)
            #expect(gap.seconds >= age / 20)
        }
    }

    @Test func `is finite and never negative, at any age and any ETA`() {
        var random = SplitMix(state: 20_260_101)
        for _ in 0..<3_000 {
            let age = Duration.seconds(pow(10, Double.random(in: -12...18, using: &random)))
            let eta = Duration.seconds(pow(10, Double.random(in: -12...18, using: &random)))
            let gap = EqualRiskSchedule().gap(at: PollingMoment(age: age, expectedAge: eta))
            #expect(gap >= .zero && gap <= .seconds(3_155_760_000), "age \(age), ETA \(eta)")
        }
    }

    static let extremes: [Duration] = [
        .seconds(Int64.min), .seconds(-1), .zero, .nanoseconds(1), .seconds(1), .seconds(1_000_000_000),
        .seconds(Int64.max), .seconds(Int64.max) + .seconds(Int64.max),
    ]

    @Test(arguments: extremes, extremes)
    func `takes extremes`(age: Duration, eta: Duration) {
        for usualAge in Self.extremes {
            let schedule = EqualRiskSchedule(usualAge: usualAge)
            #expect(schedule.gap(at: PollingMoment(age: age, expectedAge: eta)) >= .zero)
            #expect(schedule.gap(at: PollingMoment(age: age)) >= .zero)
        }
    }

    /// A generator with a seed, so that a failure can be repeated.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
