import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests with a transport and credentials that ignore the cancellation of their tasks.
@Suite("Calls that never return") struct UnendingCallTests {
    /// The code that never returns.
    enum Culprit: CaseIterable {
        case transport, credentials
    }

    private let clock = VirtualClock()
    private let calls = UnendingCalls()

    /// Returns a client that never gets beyond a call for the provider `stuck`.
    private func client(_ culprit: Culprit, policy: PollingPolicy) throws -> FetchClient {
        let calls = calls
        let step = ScriptedTransport.Step { request in
            if culprit == .transport, request.url.host() == "stuck.example" { await calls.call() }
            return FetchResponse(status: 200, body: Data(#"{"state":"done"}"#.utf8))
        }
        let credentials = Credentials.dynamic { provider in
            if culprit == .credentials, provider == "stuck" { await calls.call() }
            return APIKey("sk-canary-0123456789")
        }
        return FetchClient(
            registry: try EndpointRegistry(stuck, JSONStateEndpoint(authorization: .bearer)),
            transport: ScriptedTransport([step], clock: clock),
            credentials: credentials,
            configuration: FetchClient.Configuration(policy: policy, limits: FetchLimits(requestsInFlight: 32)),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
    }

    private let stuck = ConfigurableEndpoint<Int>(
        name: "stuck.jobs",
        provider: "stuck",
        baseURL: URL(string: "https://stuck.example")!
    )

    @Test(arguments: Culprit.allCases)
    func `waits end at their deadline, and their places come back`(culprit: Culprit) async throws {
        let client = try client(culprit, policy: PollingPolicy(deadline: .seconds(20)))
        let clock = clock
        try await clock.run { [stuck] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The second half waits for the places of the first.
                for id in 0..<64 {
                    group.addTask {
                        let error = await #expect(throws: FetchError.self) { try await client.result(stuck, id: id) }
                        #expect(error?.code == .deadlineExceeded)
                        #expect(clock.elapsed == .seconds(20))
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(client.schedulerInvariants.requestsInFlight == 0)
        #expect(client.statistics["stuck.jobs"]?.unreturnedCalls == 32, "what never returns is counted")
        #expect(calls.count == 32)
        calls.returnAll()
        #expect(await Eventually.holds { client.statistics["stuck.jobs"]?.unreturnedCalls == 0 })
        _ = try await clock.run { [stuck] in try await client.fetch(stuck, id: 1) }
    }

    @Test(arguments: Culprit.allCases)
    func `a single fetch ends after its timeout and when it is cancelled`(culprit: Culprit) async throws {
        let client = try client(culprit, policy: PollingPolicy(requestTimeout: .seconds(7)))
        let clock = clock
        let state = try await clock.run { [stuck] in
            let error = await #expect(throws: FetchError.self) { try await client.fetch(stuck, id: 1) }
            #expect(error?.code == (culprit == .transport ? .requestTimeout : .credentialsUnavailable))
            #expect(clock.elapsed == .seconds(7))
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) { try await client.fetch(stuck, id: 2) }
                }
                try? await clock.sleep(for: .seconds(2))
                group.cancelAll()
            }
            #expect(clock.elapsed == .seconds(9))
            return try await client.fetch(JSONStateEndpoint(authorization: .bearer), id: 1)
        }
        #expect(state == .succeeded("output"))
        #expect(client.statistics["stuck.jobs"]?.unreturnedCalls == 2)
        #expect(client.statistics["test.job"]?.unreturnedCalls == 0)
        calls.returnAll()
    }

    @Test func `the error names the credentials that don't return`() async throws {
        let client = try client(.credentials, policy: PollingPolicy(requestTimeout: .seconds(7)))
        let error = await clock.run { [stuck] in
            await #expect(throws: FetchError.self) { try await client.fetch(stuck, id: 1) }
        }
        #expect(error?.message == "the credentials for the provider stuck returned no key within 7 s")
        #expect(error?.isRetryable == true)
        calls.returnAll()
    }
}
