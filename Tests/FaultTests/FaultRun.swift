import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

/// One cell of the matrix: asks a server that does what a row says, in one way, and looks at what is left behind.
struct FaultRun {
    private static let turnstile = Turnstile(places: 12)
    private static let key = "sk-canary-faults"

    let row: FaultCase
    let way: Way

    /// Runs, and expects what the row says.
    func check() async throws {
        try await Self.turnstile.passing { try await expectAll() }
    }

    private func expectAll() async throws {
        let script = LoopbackScript(row.answers)
        let server = try LoopbackServer(playing: script, acceptsConnections: !row.refuses)
        defer { server.stop() }
        let port = server.origin.port
        // Other tests' sessions keep connections to servers that are gone, whose ports are given out again.
        let strangers = max(Descriptors.ofPort(port) - 1, 0)
        weak let transport = try await ask(server, script)

        #expect(await Eventually.holds { transport == nil }, "something still holds the transport")
        #expect(await Eventually.holds { server.openConnections == 0 }, "a connection is left")
        server.stop()
        #expect(await Eventually.holds { Descriptors.ofPort(port) <= strangers }, "a descriptor is left")
    }

    /// Returns the transport, which nobody should hold any more.
    private func ask(_ server: LoopbackServer, _ script: LoopbackScript) async throws -> CountingTransport {
        let endpoint = Probe(baseURL: server.url, method: way.method)
        let transport = CountingTransport()
        let retries = Mutex<[String]>([])
        var client = FetchClient(
            registry: try registry(of: endpoint),
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            policy: row.policy,
            responseLimit: row.responseLimit
        )
        client.onRetry = { [accepts = row.refuses && !row.goesOn] retry in
            retries.withLock { $0.append("\(retry.error)") }
            if accepts { try? server.acceptConnections() }
        }

        let start = ContinuousClock.now
        let outcome = try await way.outcome(of: "a1", from: endpoint, with: client)
        let elapsed = ContinuousClock.now - start

        let once = way.call == .fetch
        let story = Comment(rawValue: retries.withLock { $0.joined(separator: "\n") })
        #expect(outcome == (once ? row.fetch : row.wait), story)
        let requests = transport.sent
        let expected = once ? 1 : row.requests
        #expect(row.isCutShort && !once ? requests >= expected : requests == expected, story)
        let lost = row.goesOn && row.lost > 0 ? requests : once ? min(row.lost, 1) : row.lost
        // Where the deadline or a short timeout ends a request, it may not have arrived.
        let mayMiss = row.isCutShort && !once
        let arrived = script.requests.count
        #expect(mayMiss ? (0...requests - lost).contains(arrived) : arrived == requests - lost, story)
        #expect(elapsed < (once ? row.policy.requestTimeout : row.policy.deadline) + .seconds(5))
        #expect(transport.inFlight == 0)
        return transport
    }

    private func registry(of endpoint: Probe) throws -> EndpointRegistry {
        var registry = EndpointRegistry()
        try registry.register(endpoint)
        return registry
    }
}
