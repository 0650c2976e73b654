import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Sharing of requests between endpoint values") struct EndpointSharingTests {
    /// An endpoint that isn't `Hashable`, so that two values of it can't be compared.
    private struct IncomparableEndpoint: FetchEndpoint {
        let name: EndpointName = "test.incomparable"
        let provider: ProviderID = "test"
        let baseURL = URL(string: "https://test.example/v1")!
        let method = RequestMethod.post
        let path: PathTemplate = "jobs/{id}"
        let authorization = Authorization.none

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
            try TextStateEndpoint().answer(to: id, from: response)
        }
    }

    private let harness = SchedulingHarness()

    private func client(_ registry: EndpointRegistry = EndpointRegistry()) -> FetchClient {
        FetchClient(
            registry: registry,
            transport: harness,
            credentials: .none,
            configuration: FetchClient.Configuration(policy: PollingPolicy(schedule: .fixed(.seconds(10)))),
            environment: FetchClient.Environment(
                clock: harness.clock,
                wallClock: harness.clock.wallClock,
                random: { 0.5 }
            )
        )
    }

    /// The times of the requests for a job that is done after 15 seconds and polled every ten.
    private let timesOfOne: [Duration] = [.zero, .seconds(10), .seconds(20)]

    @Test func `equal Hashable endpoints share requests without a registration`() async throws {
        let client = client()
        try await harness.clock.run {
            async let one = client.result(TenantEndpoint(), id: "15")
            async let other = client.result(TenantEndpoint(), id: "15")
            _ = try await (one, other)
        }
        #expect(harness.times(of: "15") == timesOfOne)
    }

    @Test func `unequal endpoints of one name don't share requests`() async throws {
        let client = client()
        try await harness.clock.run {
            async let one = client.result(TenantEndpoint(), id: "15")
            let otherEndpoint = TenantEndpoint(baseURL: URL(string: "https://two.example")!)
            async let other = client.result(otherEndpoint, id: "15")
            _ = try await (one, other)
        }
        #expect(harness.times(of: "15").count == 2 * timesOfOne.count)
    }

    @Test func `values of an endpoint that isn't Hashable don't share requests`() async throws {
        let client = client()
        try await harness.clock.run {
            async let one = client.result(IncomparableEndpoint(), id: "15")
            async let other = client.result(IncomparableEndpoint(), id: "15")
            _ = try await (one, other)
        }
        #expect(harness.times(of: "15").count == 2 * timesOfOne.count)
    }

    @Test func `a registered endpoint that isn't Hashable shares requests by name`() async throws {
        let client = client(try EndpointRegistry(IncomparableEndpoint()))
        let job = try JobReference("test.incomparable:15")
        try await harness.clock.run {
            async let one = client.result(job)
            async let other = client.result(job)
            _ = try await (one, other)
        }
        #expect(harness.times(of: "15") == timesOfOne)
    }

    @Test func `a value of a registered endpoint that isn't Hashable doesn't share the requests by name`() async throws
    {
        let client = client(try EndpointRegistry(IncomparableEndpoint()))
        let job = try JobReference("test.incomparable:15")
        try await harness.clock.run {
            async let named = client.result(job)
            async let typed = client.result(IncomparableEndpoint(), id: "15")
            _ = try await (named, typed)
        }
        #expect(harness.times(of: "15").count == 2 * timesOfOne.count)
    }
}
