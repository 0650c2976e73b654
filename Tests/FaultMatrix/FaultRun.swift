import FetchCore
import FetchTesting
import Foundation
import Synchronization

/// One cell of the matrix: polls a server that does what a row says, in one way, and looks at what is left behind.
package struct FaultRun: Sendable, CustomStringConvertible {
    /// What was other than the row says.
    package struct Failure: Error, CustomStringConvertible {
        let run: String
        let problems: [String]

        package var description: String { "\(run):" + problems.map { "\n  - \($0)" }.joined() }
    }

    private static let turnstile = Turnstile(places: 12)
    private static let key = "sk-canary-faults"

    package let row: FaultCase
    package let way: Way
    package let transport: TestedTransport

    /// The cells of these rows, but for those that would end the process.
    package static func all(_ rows: [FaultCase], _ ways: [Way], over transports: [TestedTransport]) -> [Self] {
        transports.flatMap { transport in
            rows.filter { $0.runs(over: transport.name) }.flatMap { row in
                ways.map { Self(row: row, way: $0, transport: transport) }
            }
        }
    }

    package var description: String { "\(row.name), \(way) over \(transport)" }

    /// Runs, and throws ``Failure`` if something is other than the row says.
    package func check() async throws {
        let problems = try await Self.turnstile.passing { try await self.problems() }
        guard problems.isEmpty else { throw Failure(run: description, problems: problems) }
    }

    private func problems() async throws -> [String] {
        let script = LoopbackScript(row.answers)
        let server = try LoopbackServer(playing: script, acceptsConnections: !row.refuses)
        defer { server.stop() }
        let port = server.origin.port
        // Other tests' transports keep connections to servers that are gone, whose ports are given out again.
        let strangers = max(Descriptors.ofPort(port) - 1, 0)
        let transport: WeakTransport
        var problems: [String]
        (transport, problems) = try await poll(server, script)

        if await !Eventually.holds({ transport.isReleased }) { problems.append("something still holds the transport") }
        if await !Eventually.holds({ server.openConnections == 0 }) { problems.append("a connection is left") }
        server.stop()
        if await !Eventually.holds({ Descriptors.ofPort(port) <= strangers }) {
            problems.append("a descriptor is left")
        }
        if !Elsewhere.script.requests.isEmpty { problems.append("a request arrived elsewhere") }
        return problems
    }

    /// Returns the transport, which is released by then, and the problems.
    private func poll(_ server: LoopbackServer, _ script: LoopbackScript) async throws -> (WeakTransport, [String]) {
        let endpoint = Probe(baseURL: server.url, method: way.method)
        let transport = CountingTransport(try transport.transport())
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
        let (outcome, error) = try await way.outcome(of: "a1", from: endpoint, with: client)
        let elapsed = ContinuousClock.now - start

        var problems: [String] = []
        func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
            if !condition { problems.append(problem()) }
        }
        let once = way.call == .fetch
        let expectation = row.expectation(over: self.transport.name)
        let expected = once ? expectation.fetch : expectation.wait
        let told = error.map { ": \($0)" } ?? ""
        expect(outcome == expected, "ended with \(outcome) and not with \(expected)\(told)")
        let requests = transport.sent
        let wanted = once ? 1 : expectation.requests
        expect(
            row.isCutShort && !once ? requests >= wanted : requests == wanted,
            "made \(requests) requests and not \(wanted)"
        )
        let lost = row.goesOn && row.lost > 0 ? requests : once ? min(row.lost, 1) : row.lost
        // If the deadline or a short timeout ends a request, it may not have arrived.
        let mayMiss = row.isCutShort && !once
        let arrived = script.requests.count
        expect(
            mayMiss ? (0...max(requests - lost, 0)).contains(arrived) : arrived == requests - lost,
            "\(arrived) of \(requests) requests arrived"
        )
        let longest = (once ? row.policy.requestTimeout : row.policy.deadline) + .seconds(5)
        expect(elapsed < longest, "took \(elapsed)")
        expect(transport.inFlight == 0, "left a request under way")
        if !problems.isEmpty { problems += retries.withLock { $0 }.map { "retried after \($0)" } }
        return (WeakTransport(transport), problems)
    }

    private func registry(of endpoint: Probe) throws -> EndpointRegistry {
        var registry = EndpointRegistry()
        try registry.register(endpoint)
        return registry
    }
}

/// A transport that should be released.
private struct WeakTransport: Sendable {
    private weak let transport: CountingTransport?

    init(_ transport: CountingTransport) { self.transport = transport }

    var isReleased: Bool { transport == nil }
}
