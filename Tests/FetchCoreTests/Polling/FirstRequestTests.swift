import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `The first request` {
    private func firstRequest(
        submitted age: Double?,
        eta: Double?,
        policy: PollingPolicy = PollingPolicy()
    ) async -> Duration? {
        let office = Office([.done])
        let submission = age.map {
            Submission(at: office.clock.date.addingTimeInterval(-$0), eta: eta.map { Duration.seconds($0) })
        }
        _ = await office.wait(submitted: submission, policy: policy)
        return office.requestTimes.first
    }

    @Test func `is made at once where the caller says nothing`() async {
        #expect(await firstRequest(submitted: nil, eta: nil) == .zero)
    }

    @Test func `waits a little for a job that was submitted just now, also without an ETA`() async throws {
        let first = try #require(await firstRequest(submitted: 0, eta: nil))
        #expect(first > .seconds(1) && first < .seconds(6))
        #expect(await firstRequest(submitted: 10, eta: nil) == .zero)
    }

    @Test func `waits for a young job until it can be ready, but not for all of its ETA`() async throws {
        let first = try #require(await firstRequest(submitted: 0, eta: 60))
        #expect(first > .seconds(10) && first < .seconds(30))
    }

    @Test func `counts from the submission, not from the start of the wait`() async throws {
        let fresh = try #require(await firstRequest(submitted: 0, eta: 60))
        let later = try #require(await firstRequest(submitted: 10, eta: 60))
        #expect((fresh - later - .seconds(10)).magnitudeInSeconds < 1e-6)
    }

    @Test(arguments: [60.0, 600, 1e9, 1e300])
    func `about an old job is made at once`(age: Double) async {
        #expect(await firstRequest(submitted: age, eta: 60) == .zero)
    }

    @Test func `waits no longer than the ceiling, whatever the ETA`() async {
        for eta in [1e4, 1e9, 9e18] { #expect(await firstRequest(submitted: 0, eta: eta) == .seconds(60)) }
    }

    @Test func `waits at least the floor from the submission, whatever the ETA`() async {
        for eta in [0.0, -5, -9e18, 1e-9] { #expect(await firstRequest(submitted: 0, eta: eta) == .seconds(1)) }
    }

    @Test func `about a job of the future takes it for one of now`() async throws {
        let now = try #require(await firstRequest(submitted: 0, eta: 60))
        for age in [-10, -1e9, -1e300, -Double.infinity, .nan] {
            #expect(await firstRequest(submitted: age, eta: 60) == now)
        }
    }

    @Test func `of a resumed wait goes on where the first wait stopped`() async throws {
        let policy = PollingPolicy(minimumGap: .milliseconds(10), maximumGap: .seconds(600))
        let started = Office([.waiting], policy: policy)
        let submission = Submission(at: started.clock.date, eta: .seconds(100))
        _ = await started.wait(submitted: submission)

        let resumed = Office([.waiting], clock: VirtualClock(), policy: policy)
        let earlier = Submission(at: resumed.clock.date.addingTimeInterval(-10), eta: .seconds(100))
        _ = await resumed.wait(submitted: earlier)
        for (one, other) in zip(started.requestTimes, resumed.requestTimes).prefix(5) {
            #expect((one - other - .seconds(10)).magnitudeInSeconds < 1e-6)
        }
    }
}
