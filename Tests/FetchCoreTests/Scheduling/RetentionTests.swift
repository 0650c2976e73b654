import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite struct `A client keeps` {
    /// An output that is counted while it lives.
    private struct Counted: FetchOutput {
        final class Token: Sendable {
            let living: Counter

            init(_ living: Counter) {
                self.living = living
                living.count.withLock { $0 += 1 }
            }

            deinit { living.count.withLock { $0 -= 1 } }
        }

        let token: Token
        var outputArtifacts: [Artifact] { [] }
    }

    private final class Counter: Sendable { let count = Mutex(0) }

    private struct Mint: FetchEndpoint {
        let name: EndpointName = "mint.coin"
        let provider: ProviderID = "mint"
        let baseURL = URL(string: "https://mint.example")!
        let path: PathTemplate = "coins/{id}"
        let authorization = Authorization.none
        let living: Counter

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Counted> {
            .succeeded(Counted(token: Counted.Token(living)))
        }
    }

    @Test func `no outcome that was taken, while there are others`() async throws {
        let living = Counter()
        let clock = VirtualClock()
        let client = FetchClient(
            registry: try EndpointRegistry(Mint(living: living)),
            transport: ScriptedTransport([.json("{}")], clock: clock),
            credentials: .none,
            clock: clock
        )
        try await clock.run {
            let jobs = try (0..<100).map { QueuedJob(try JobReference("mint.coin:\($0)")) }
            let batch = client.outcomes(of: jobs)
            try await clock.sleep(for: .seconds(10))
            #expect(living.count.withLock { $0 } == 100)
            var taken = 0
            for try await _ in batch {
                taken += 1
                // The last one taken may still be in the loop's hands.
                #expect(living.count.withLock { $0 } <= 100 - taken + 1)
            }
        }
        #expect(living.count.withLock { $0 } == 0)
    }

    /// An endpoint for one customer.
    private struct Branch: FetchEndpoint {
        let name: EndpointName = "depot.branch"
        let provider: ProviderID = "depot"
        let baseURL: URL
        let path: PathTemplate = "crates/{id}"
        let authorization = Authorization.none

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> { .succeeded(id) }
    }

    @Test func `no endpoint that was made for one job, but those that are in use`() async throws {
        let depot = Depot()
        let client = try depot.client()
        try await depot.clock.run {
            let first = Branch(baseURL: URL(string: "https://first.example")!)
            let slow = client.updates(first, id: "7")
            for number in 0..<2_000 {
                _ = try await client.fetch(Branch(baseURL: URL(string: "https://b\(number).example")!), id: "0")
            }
            #expect(client.backlog.endpoints <= 256)
            #expect(try await slow.first { _ in true } != nil)
        }
        #expect(client.statistics["depot.branch"]?.requests == 2_001)
    }
}
