import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("First request of a job") struct FirstRequestTests {
    private func firstRequest(
        submitted age: Double?,
        eta: Double?,
        policy: PollingPolicy = PollingPolicy()
    ) async -> Duration? {
        let harness = PollingHarness([.done])
        let submission = age.map {
            Submission(at: harness.clock.date.addingTimeInterval(-$0), eta: eta.map { Duration.seconds($0) })
        }
        _ = await harness.poll(submitted: submission, policy: policy)
        return harness.requestTimes.first
    }

    @Test func `the first request is sent at once without a submission`() async {
        #expect(await firstRequest(submitted: nil, eta: nil) == .zero)
    }

    @Test func `the first request for a new job is delayed, also without an ETA`() async throws {
        let first = try #require(await firstRequest(submitted: 0, eta: nil))
        #expect(first > .seconds(1) && first < .seconds(6))
        #expect(await firstRequest(submitted: 10, eta: nil) == .zero)
    }

    @Test func `the first request for a new job is sent well before its ETA`() async throws {
        let first = try #require(await firstRequest(submitted: 0, eta: 60))
        #expect(first > .seconds(10) && first < .seconds(30))
    }

    @Test func `the delay counts from the submission, not from the start of polling`() async throws {
        let fresh = try #require(await firstRequest(submitted: 0, eta: 60))
        let later = try #require(await firstRequest(submitted: 10, eta: 60))
        #expect((fresh - later - .seconds(10)).magnitudeInSeconds < 1e-6)
    }

    @Test(arguments: [60.0, 600, 1e9, 1e300])
    func `the first request for an old job is sent at once`(age: Double) async {
        #expect(await firstRequest(submitted: age, eta: 60) == .zero)
    }

    @Test func `the first request is delayed by at most the maximum gap, whatever the ETA`() async {
        for eta in [1e4, 1e9, 9e18] { #expect(await firstRequest(submitted: 0, eta: eta) == .seconds(60)) }
    }

    @Test func `the first request is sent at least the minimum gap after the submission, whatever the ETA`() async {
        for eta in [0.0, -5, -9e18, 1e-9] { #expect(await firstRequest(submitted: 0, eta: eta) == .seconds(1)) }
    }

    @Test func `a submission date in the future counts as now`() async throws {
        let now = try #require(await firstRequest(submitted: 0, eta: 60))
        for age in [-10, -1e9, -1e300, -Double.infinity, .nan] {
            #expect(await firstRequest(submitted: age, eta: 60) == now)
        }
    }

    @Test func `polling that is resumed continues the schedule of the first run`() async throws {
        let policy = PollingPolicy(minimumGap: .milliseconds(10), maximumGap: .seconds(600))
        let started = PollingHarness([.pending], policy: policy)
        let submission = Submission(at: started.clock.date, eta: .seconds(100))
        _ = await started.poll(submitted: submission)

        let resumed = PollingHarness([.pending], clock: VirtualClock(), policy: policy)
        let earlier = Submission(at: resumed.clock.date.addingTimeInterval(-10), eta: .seconds(100))
        _ = await resumed.poll(submitted: earlier)
        for (one, other) in zip(started.requestTimes, resumed.requestTimes).prefix(5) {
            #expect((one - other - .seconds(10)).magnitudeInSeconds < 1e-6)
        }
    }
}
