import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Memory retention of a client") struct RetentionTests {
    /// An output that counts its live instances.
    private struct Counted: FetchOutput {
        final class Token: Sendable {
            let instances: Counter

            init(_ instances: Counter) {
                self.instances = instances
                instances.count.withLock { $0 += 1 }
            }

            deinit { instances.count.withLock { $0 -= 1 } }
        }

        let token: Token
        var outputArtifacts: [Artifact] { [] }
    }

    private final class Counter: Sendable { let count = Mutex(0) }

    private struct CountedEndpoint: FetchEndpoint {
        let name: EndpointName = "counted.job"
        let provider: ProviderID = "counted"
        let baseURL = URL(string: "https://counted.example")!
        let method = RequestMethod.post
        let path: PathTemplate = "jobs/{id}"
        let authorization = Authorization.none
        let instances: Counter

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Counted> {
            .succeeded(Counted(token: Counted.Token(instances)))
        }
    }

    @Test func `consumed outcomes are released while others remain`() async throws {
        let instances = Counter()
        let clock = VirtualClock()
        let client = FetchClient(
            registry: try EndpointRegistry(CountedEndpoint(instances: instances)),
            transport: ScriptedTransport([.json("{}")], clock: clock),
            credentials: .none,
            environment: FetchClient.Environment(clock: clock)
        )
        try await clock.run {
            let jobs = try (0..<100).map { QueuedJob(try JobReference("counted.job:\($0)")) }
            let batch = client.outcomes(of: jobs)
            try await clock.sleep(for: .seconds(10))
            #expect(instances.count.withLock { $0 } == 100)
            var consumed = 0
            for try await _ in batch {
                consumed += 1
                // The loop may still hold the outcome consumed last.
                #expect(instances.count.withLock { $0 } <= 100 - consumed + 1)
            }
        }
        #expect(instances.count.withLock { $0 } == 0)
    }

    @Test func `endpoints without subscriptions are released`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        try await harness.clock.run {
            let first = TenantEndpoint(baseURL: URL(string: "https://first.example")!)
            let slow = client.updates(first, id: "7")
            for number in 0..<2_000 {
                _ = try await client.fetch(TenantEndpoint(baseURL: URL(string: "https://b\(number).example")!), id: "0")
            }
            #expect(client.schedulerInvariants.endpoints <= 256)
            #expect(try await slow.first { _ in true } != nil)
        }
        #expect(client.statistics["test.tenant"]?.requests == 2_001)
    }
}
