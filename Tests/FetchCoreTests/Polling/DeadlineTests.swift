import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A deadline` {
    @Test func `says what was last heard of the job`() async throws {
        let office = Office([.waiting(eta: 500), .status(503)], policy: PollingPolicy(deadline: .seconds(20)))
        let course = await office.wait()
        let error = try #require(course.fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.lastProgress?.eta == .seconds(500))
        #expect(error.lastError?.code == .serverError)
        #expect(error.endpoint == "post.parcel")
        #expect(error.id == "7")
        #expect(error.isRetryable)
        #expect(error.description.contains("20 s"))
        #expect(error.description.contains("still pending"))
    }

    @Test func `forgets errors that an answer came after`() async throws {
        let office = Office([.status(503), .waiting], policy: PollingPolicy(deadline: .seconds(20)))
        let error = try #require(await office.wait().fetchError)
        #expect(error.lastError == nil)
        #expect(error.lastProgress != nil)
    }

    @Test func `says when the state was never established, and why`() async throws {
        let office = Office([.connectionLost], policy: PollingPolicy(deadline: .seconds(20)))
        let error = try #require(await office.wait().fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.lastProgress == nil)
        #expect(error.lastError?.code == .connectionFailed)
        #expect(error.description.contains("never established"))
    }

    @Test func `is as clear by name`() async throws {
        let office = Office(
            [.waiting],
            policy: PollingPolicy(deadline: .seconds(5)),
            registry: try EndpointRegistry(Parcel())
        )
        let job = try JobReference("post.parcel:7")
        await #expect { try await office.clock.run { try await office.client.result(job) } } throws: {
            guard let error = $0 as? FetchError else { return false }
            return error.code == .deadlineExceeded && error.endpoint == "post.parcel" && error.id == "7"
        }
    }

    @Test(arguments: [0.001, 0.01, 0.5, 1, 7, 59.9, 600, 86_400])
    func `bounds gaps, and the last request is made just before`(seconds: Double) async throws {
        let deadline = Duration.seconds(seconds)
        let office = Office([.waiting], policy: PollingPolicy(deadline: deadline))
        let course = await office.wait()
        #expect(course.fetchError?.code == .deadlineExceeded)
        #expect(course.end <= deadline)
        let last = try #require(office.requestTimes.last)
        #expect(deadline - last <= min(.milliseconds(100), deadline / 10))
    }

    @Test(arguments: [0.3, 1, 4, 20])
    func `leaves room for the answer to the last request`(latency: Double) async throws {
        let office = Office.job(
            readyAt: .seconds(300 - 2.5 * latency),
            latency: .seconds(latency),
            policy: PollingPolicy(deadline: .seconds(300))
        )
        let course = await office.wait()
        #expect(course.output == "parcel")
        #expect(course.end <= .seconds(300))
    }

    @Test func `allows one more request where the answer came sooner than feared`() async throws {
        let clock = VirtualClock()
        let job = ScriptedTransport.Step.job(readyAt: .seconds(580), on: clock)
        let office = Office([.waiting.after(.seconds(25)), job], clock: clock)
        #expect(await office.wait().output == "parcel")
    }

    @Test func `is not given up early for a request that was lost near it`() async throws {
        let clock = VirtualClock()
        let calm = Array(repeating: ScriptedTransport.Step.waiting(wait: 60), count: 8) + [.waiting(wait: 30)]
        let office = Office(calm + [.silence, .job(readyAt: .seconds(580), on: clock)], clock: clock)
        #expect(await office.wait().output == "parcel")
    }

    @Test func `cuts a request short`() async throws {
        let office = Office([.waiting, .silence], policy: PollingPolicy(deadline: .seconds(12)))
        let course = await office.wait()
        #expect(course.fetchError?.code == .deadlineExceeded)
        #expect(course.fetchError?.lastError?.code == .requestTimeout)
        #expect(course.end <= .seconds(12))
    }

    @Test func `cuts a chain of follow-ups short`() async throws {
        let steps = Array(repeating: ScriptedTransport.Step.elsewhere.after(.seconds(4)), count: 5)
        let office = Office(steps, policy: PollingPolicy(deadline: .seconds(10)))
        let course = await office.wait()
        #expect(course.fetchError?.code == .deadlineExceeded)
        #expect(course.end <= .seconds(10))
        #expect(office.requestTimes == [.zero, .seconds(4), .seconds(8)])
    }

    @Test func `cuts slow credentials short`() async throws {
        let clock = VirtualClock()
        let credentials = Credentials.dynamic { _ in
            try await clock.sleep(for: .seconds(3_600))
            return nil
        }
        let policy = PollingPolicy(deadline: .seconds(10))
        let office = Office([.done], clock: clock, policy: policy, credentials: credentials)
        await #expect {
            try await clock.run { try await office.client.result(Parcel(authorization: .bearer), id: 7) }
        } throws: {
            ($0 as? FetchError)?.code == .deadlineExceeded
        }
        #expect(clock.elapsed <= .seconds(10))
    }

    @Test func `cuts short the wait for a first request that an ETA delays`() async throws {
        let office = Office([.done])
        let submission = Submission(at: office.clock.date, eta: .seconds(3_600))
        let policy = PollingPolicy(deadline: .seconds(30), maximumGap: .seconds(3_600))
        let course = await office.wait(submitted: submission, policy: policy)
        #expect(course.output == "parcel")
        #expect(course.end < .seconds(30))
    }

    @Test func `outranks a hint`() async throws {
        let office = Office([.waiting(wait: 50), .done], policy: PollingPolicy(deadline: .seconds(20)))
        let course = await office.wait()
        #expect(course.output == "parcel")
        #expect(course.end < .seconds(20))
    }

    @Test func `passed in the caller's own hands ends the wait with the last state, and sends nothing`() async throws {
        let office = Office([.waiting, .done], policy: PollingPolicy(deadline: .seconds(20)))
        await #expect {
            try await office.clock.run {
                for try await _ in office.client.updates(Parcel(), id: 7) {
                    try await office.clock.sleep(for: .seconds(30))
                }
            }
        } throws: {
            ($0 as? FetchError)?.code == .deadlineExceeded && ($0 as? FetchError)?.lastProgress != nil
        }
        #expect(office.requestTimes.count == 1)
    }

    @Test func `does not bound a single fetch, which has the request timeout`() async throws {
        let office = Office([.silence], policy: PollingPolicy(deadline: .seconds(1), requestTimeout: .seconds(8)))
        await #expect { try await office.clock.run { try await office.client.fetch(Parcel(), id: 7) } } throws: {
            ($0 as? FetchError)?.code == .requestTimeout
        }
        #expect(office.clock.elapsed == .seconds(8))
    }
}
