import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport

/// A cell of the fault matrix: it polls a server that shows a row's behaviour, and checks the outcome and the released
/// resources.
package struct FaultRun: Sendable, CustomStringConvertible {
    /// An error that lists the deviations from the expectation.
    package struct Failure: Error, CustomStringConvertible {
        let run: String
        let problems: [String]

        package var description: String { "\(run):" + problems.map { "\n  - \($0)" }.joined() }
    }

    /// Limits the concurrent runs, each of which has its own threads and descriptors.
    private static let semaphore = AsyncSemaphore(permits: 12)
    private static let key = "sk-canary-faults"

    package let row: FaultCase
    package let mode: PollingMode
    package let transport: TestedTransport

    /// Returns the runs of all rows in all modes over all transports, without excluded combinations.
    package static func all(_ rows: [FaultCase], _ modes: [PollingMode], over transports: [TestedTransport]) -> [Self] {
        transports.flatMap { transport in
            rows.filter { $0.runs(over: transport.name) }.flatMap { row in
                modes.map { Self(row: row, mode: $0, transport: transport) }
            }
        }
    }

    package var description: String { "\(row.name), \(mode) over \(transport)" }

    /// Performs the run. Throws ``Failure`` if it deviates from the expectation.
    package func check() async throws {
        let problems = try await Self.semaphore.withPermit { try await self.problems() }
        guard problems.isEmpty else { throw Failure(run: description, problems: problems) }
    }

    private func problems() async throws -> [String] {
        let script = LoopbackScript(row.responses)
        let server = try LoopbackServer(playing: script, acceptsConnections: !row.refusesConnections)
        defer { server.stop() }
        let port = server.origin.port
        // The kernel may have reused the port of a server to which another test's transport still keeps connections.
        let unrelated = max(Descriptors.count(onPort: port) - 1, 0)
        let transport: WeakTransport
        var problems: [String]
        (transport, problems) = try await poll(server, script)

        if await !Eventually.holds({ transport.isReleased }) { problems.append("the transport isn't released") }
        if await !Eventually.holds({ server.openConnections == 0 }) { problems.append("a connection stays open") }
        server.stop()
        if await !Eventually.holds({ Descriptors.count(onPort: port) <= unrelated }) {
            problems.append("a descriptor stays open")
        }
        if !OtherOrigin.script.requests.isEmpty { problems.append("a request reached another origin") }
        return problems
    }

    /// Polls the server and returns a weak reference to the transport and the problems.
    private func poll(_ server: LoopbackServer, _ script: LoopbackScript) async throws -> (WeakTransport, [String]) {
        let endpoint = ProbeEndpoint(baseURL: server.url, method: mode.method)
        let transport = CountingTransport(try transport.transport())
        let retries = EventLog<String>()
        let observer = RetryObserver { [accepts = row.refusesConnections && !row.isRepeated] retry in
            retries.record("\(retry.error)")
            if accepts { try? server.acceptConnections() }
        }
        let client = FetchClient(
            registry: try registry(of: endpoint),
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            configuration: FetchClient.Configuration(
                policy: row.policy,
                observer: observer,
                responseLimit: row.responseLimit
            )
        )

        let start = ContinuousClock.now
        let (outcome, error) = try await mode.outcome(of: "a1", from: endpoint, with: client)
        let elapsed = ContinuousClock.now - start

        var problems: [String] = []
        func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
            if !condition { problems.append(problem()) }
        }
        let isFetch = mode.call == .fetch
        let expectation = row.expectation(over: self.transport.name)
        let expected = isFetch ? expectation.fetch : expectation.updates
        let cause = error.map { ": \($0)" } ?? ""
        expect(outcome == expected, "ended with \(outcome) instead of \(expected)\(cause)")
        let requests = transport.sent
        let expectedRequests = isFetch ? 1 : expectation.requests
        expect(
            row.endsAtDeadline && !isFetch ? requests >= expectedRequests : requests == expectedRequests,
            "sent \(requests) requests instead of \(expectedRequests)"
        )
        let undelivered =
            if row.isRepeated && row.undelivered > 0 {
                requests
            } else {
                isFetch ? min(row.undelivered, 1) : row.undelivered
            }
        // A request that the deadline or a short timeout ends may not have arrived.
        let mayMiss = row.endsAtDeadline && !isFetch
        let arrived = script.requests.count
        expect(
            mayMiss ? (0...max(requests - undelivered, 0)).contains(arrived) : arrived == requests - undelivered,
            "\(arrived) of \(requests) requests arrived"
        )
        let limit = isFetch ? row.policy.requestTimeout : row.policy.deadline
        let maximumTime = (limit ?? .seconds(30)) + .seconds(5)
        expect(elapsed < maximumTime, "took \(elapsed)")
        // A request whose time is over is cancelled and not waited for, whatever the transport does then.
        let hasEnded = await Eventually.holds { transport.inFlight == 0 }
        expect(hasEnded, "a request is still in flight")
        if !problems.isEmpty { problems += retries.events.map { "retried after \($0)" } }
        return (WeakTransport(transport), problems)
    }

    private func registry(of endpoint: ProbeEndpoint) throws -> EndpointRegistry {
        var registry = EndpointRegistry()
        try registry.register(endpoint)
        return registry
    }
}

/// A weak reference to a transport, to check its release.
private struct WeakTransport: Sendable {
    private weak let transport: CountingTransport?

    init(_ transport: CountingTransport) { self.transport = transport }

    var isReleased: Bool { transport == nil }
}
