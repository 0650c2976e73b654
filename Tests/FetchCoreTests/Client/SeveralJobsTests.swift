import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `The results of several jobs` {
    /// Parcels and letters, of which each says in its id when it is ready: `"120"` after two minutes.
    private func office(policy: PollingPolicy = PollingPolicy()) throws -> Office {
        let clock = VirtualClock()
        let step = ScriptedTransport.Step { request in
            let id = request.url.lastPathComponent
            if id == "13" { return try await ScriptedTransport.Step.lost.play(request) }
            if id == "401" { return try await ScriptedTransport.Step.status(401).play(request) }
            let moment = Duration.seconds(Double(id) ?? 0)
            return try await ScriptedTransport.Step.job(readyAt: moment, on: clock).play(request)
        }
        let registry = try EndpointRegistry(Parcel(), Letter())
        return Office(ScriptedTransport([step], clock: clock), clock: clock, policy: policy, registry: registry)
    }

    private func jobs(_ texts: String...) throws -> [JobReference] { try texts.map { try JobReference($0) } }

    @Test func `are those of any mixture of endpoints`() async throws {
        let office = try office()
        let jobs = try jobs("post.parcel:30", "post.letter:50", "post.parcel:0")
        let results = try await office.clock.run { try await office.client.results(of: jobs) }
        #expect(Set(results.keys) == Set(jobs))
        #expect(try results[jobs[0]]?.get() as? String == "parcel")
        #expect(try results[jobs[1]]?.get() as? [String] == ["letter 50"])
    }

    @Test func `take as long as the slowest job, not as all together`() async throws {
        let office = try office()
        let jobs = try (1...50).map { try JobReference("post.parcel:\($0)") } + jobs("post.letter:300")
        let results = try await office.clock.run { try await office.client.results(of: jobs) }
        #expect(results.count == 51)
        #expect(office.clock.elapsed < .seconds(350))
    }

    @Test func `come also where some fail, each with its own error`() async throws {
        let office = try office(policy: PollingPolicy(deadline: .seconds(60)))
        let jobs = try jobs(
            "post.parcel:13",
            "post.parcel:401",
            "post.parcel:abc",
            "post.nothing:1",
            "post.parcel:900",
            "post.letter:40"
        )
        let results = try await office.clock.run { try await office.client.results(of: jobs) }
        let codes = jobs.map { job -> FetchError.Code? in
            if case .failure(let error)? = results[job] { error.code } else { nil }
        }
        #expect(codes == [.jobFailed, .unauthorized, .invalidID, .unknownEndpoint, .deadlineExceeded, nil])
        for case (let job, .failure(let error)) in results {
            #expect(error.endpoint == job.endpoint)
            #expect(error.id == job.id)
        }
        #expect(try results[jobs[5]]?.get() as? [String] == ["letter 40"])
    }

    @Test func `ask once about a job that is named twice`() async throws {
        let office = try office()
        let jobs = try jobs("post.parcel:0", "post.parcel:0", "post.letter:0", "post.parcel:0")
        let results = try await office.clock.run { try await office.client.results(of: jobs) }
        #expect(results.count == 2)
        #expect(office.requestTimes.count == 2)
    }

    @Test func `of no jobs are none`() async throws {
        #expect(try await office().client.results(of: []).isEmpty)
    }

    @Test func `heed the policy of the call`() async throws {
        let office = try office()
        let jobs = try jobs("post.parcel:900", "post.parcel:800")
        let results = try await office.clock.run {
            try await office.client.results(of: jobs, policy: PollingPolicy(deadline: .seconds(7)))
        }
        #expect(results.count == 2)
        #expect(office.clock.elapsed <= .seconds(7))
    }

    @Test func `end at once when the task is cancelled, whatever some jobs have brought`() async throws {
        let office = try office()
        let jobs = try jobs("post.parcel:0", "post.parcel:13", "post.letter:500")
        let (result, end) = await office.cancelling(after: .seconds(10)) {
            try await office.client.results(of: jobs).count
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(10))
    }

    private struct Letter: FetchEndpoint {
        let name: EndpointName = "post.letter"
        let provider: ProviderID = "post"
        let baseURL = URL(string: "https://post.example/v1")!
        let path: PathTemplate = "letters/{id}"
        let authorization = Authorization.none

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[String]> {
            switch try Parcel().answer(to: 0, from: response) {
            case .succeeded: .succeeded(["letter \(id)"])
            case .failed(let failure): .failed(failure)
            default: .pending
            }
        }
    }
}
